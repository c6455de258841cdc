using Gds.Store;
using Microsoft.Extensions.Logging;

namespace Gds.Core;

/// <summary>Something that has happened and is durable.</summary>
public abstract record GdsEvent;

/// <summary>A record was made, changed or removed.</summary>
public sealed record ApplicationChanged(Guid ApplicationId, string ApplicationUri, ApplicationChange Change) : GdsEvent;

public enum ApplicationChange
{
    Registered,
    Updated,
    Unregistered,
}

/// <summary>A request was started; it waits for a person unless it was approved by a rule.</summary>
public sealed record CertificateRequested(Guid RequestId, Guid ApplicationId, string Group, uint TypeId, bool Pending) : GdsEvent;

/// <summary>A person approved or rejected a request.</summary>
public sealed record RequestDecided(Guid RequestId, Guid ApplicationId, bool Approved) : GdsEvent;

/// <summary>FinishRequest handed out a certificate.</summary>
public sealed record CertificateDelivered(Guid RequestId, Guid ApplicationId, string Group, uint TypeId, string Thumbprint) : GdsEvent;

/// <summary>A certificate of ours was revoked; channels and sessions that use it are to end.</summary>
public sealed record CertificateRevoked(Guid? ApplicationId, string Thumbprint, string SerialNumber) : GdsEvent;

/// <summary>The content of a trust list changed; the LastUpdateTime is the new one.</summary>
public sealed record TrustListChanged(string Group, DateTime LastUpdateTime) : GdsEvent;

/// <summary>A member of a group was reported to stand otherwise than before.</summary>
public sealed record SyncChanged(Guid ApplicationId, string ApplicationUri, string Group, SyncOutcome Outcome) : GdsEvent;

/// <summary>A member stayed out of sync for longer than twice the UpdateFrequency of the trust list.</summary>
public sealed record MemberOverdue(Guid ApplicationId, string ApplicationUri, string Group, DateTime Since, string Reason) : GdsEvent;

/// <summary>A member that was overdue is so no more.</summary>
public sealed record MemberCaughtUp(Guid ApplicationId, string ApplicationUri, string Group) : GdsEvent;

/// <summary>An application became a push target, or its address or login changed.</summary>
public sealed record PushTargetChanged(Guid ApplicationId) : GdsEvent;

/// <summary>An application was given another one to administer.</summary>
public sealed record AdminGranted(Guid ClientId, Guid ManagedId) : GdsEvent;

/// <summary>Somebody asked for a push.</summary>
public sealed record PushQueued(Guid RunId) : GdsEvent;

/// <summary>An enrolment token was revoked; what it allowed in open sessions ends.</summary>
public sealed record TokenRevoked(Guid TokenId) : GdsEvent;

/// <summary>A user was removed, disabled, or got other roles or another password; sessions of that name are to end.</summary>
public sealed record UserChanged(string Name) : GdsEvent;

/// <summary>The events of the core, in the order in which they became durable.</summary>
public sealed class GdsEvents(ILogger<GdsEvents> log)
{
    private Action<GdsEvent>[] _handlers = [];

    /// <summary>
    /// Calls <paramref name="handler"/> for each event until the subscription is disposed. It is called by the one
    /// writer of the database: it must return at once, and hand on what takes time.
    /// </summary>
    public IDisposable Subscribe(Action<GdsEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Change(handlers => [.. handlers, handler]);
        return new Subscription(() => Change(handlers => [.. handlers.Where(h => h != handler)]));
    }

    internal void Publish(IReadOnlyList<GdsEvent> events)
    {
        foreach (var happened in events)
        {
            foreach (var handler in Volatile.Read(ref _handlers))
            {
                try
                {
                    handler(happened);
                }
                catch (Exception e) // a listener that fails must not stop the writer, nor the other listeners
                {
                    log.HandlerFailed(e, happened.GetType().Name);
                }
            }
        }
    }

    private void Change(Func<Action<GdsEvent>[], Action<GdsEvent>[]> change)
    {
        Action<GdsEvent>[] seen;
        do seen = Volatile.Read(ref _handlers);
        while (Interlocked.CompareExchange(ref _handlers, change(seen), seen) != seen);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
