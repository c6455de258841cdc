using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Nodes;
using Ua.Server.Subscriptions;
using Ua.Transport;

namespace Ua.Server.Sessions;

/// <summary>One session (Part 4, 5.7): created, activated as often as its client likes, closed once.</summary>
internal sealed class Session : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private SessionBinding _binding;
    private long _lastContact;
    private int _failedActivations;
    private int _isClosed;

    public Session(SessionBinding binding, SessionIdentity identity, TimeSpan timeout, SessionLimits limits, SubscriptionTable subscriptions, TimeProvider time)
    {
        _time = time;
        _binding = binding;
        Identity = identity;
        Timeout = timeout;
        Subscriptions = new SessionSubscriptions(subscriptions, () => Context);
        BrowsePoints = new ContinuationPoints(limits.MaxBrowseContinuationPoints);
        OpenRequests = new OpenRequests(limits.MaxOpenRequests);
        _lastContact = time.GetTimestamp();
        Created = time.GetUtcNow().UtcDateTime;
        Ended = _ended.Token;
    }

    public SessionIdentity Identity { get; }

    public NodeId Id => Identity.Id;

    public TimeSpan Timeout { get; }

    public SessionSubscriptions Subscriptions { get; }

    public ContinuationPoints BrowsePoints { get; }

    public OpenRequests OpenRequests { get; }

    public ServiceCounts Counts { get; } = new();

    /// <summary>When the session was made (UTC).</summary>
    public DateTime Created { get; }

    public SessionBinding Binding => Volatile.Read(ref _binding);

    public IServerChannel Channel => Binding.Channel;

    public SessionContext Context => Binding.Context;

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>Cancelled when the session is closed.</summary>
    public CancellationToken Ended { get; }

    /// <summary>How long the client has been silent.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Interlocked.Read(ref _lastContact));

    public void Touch() => Interlocked.Exchange(ref _lastContact, _time.GetTimestamp());

    /// <summary>Replaces the binding that an activation began with; false where another activation was faster.</summary>
    public bool TryRebind(SessionBinding expected, SessionBinding next)
    {
        if (Interlocked.CompareExchange(ref _binding, next, expected) != expected) return false;
        Interlocked.Exchange(ref _failedActivations, 0);
        Touch();
        return true;
    }

    /// <summary>Counts a failed activation and gives their number since the last good one.</summary>
    public int CountFailedActivation() => Interlocked.Increment(ref _failedActivations);

    public SessionDiagnosticsDataType Describe()
    {
        var subscriptions = Subscriptions.Describe();
        return new(
            Id, Identity.Name, Identity.Client, Identity.ServerUri, Identity.EndpointUrl, [.. Context.LocaleIds], Timeout.TotalMilliseconds,
            Identity.MaxResponseMessageSize, Created, _time.GetUtcNow().UtcDateTime - Silence, (uint)subscriptions.Length,
            (uint)subscriptions.Sum(s => s.MonitoredItemCount), (uint)Subscriptions.QueuedRequests, Counts.Total, Counts.Unauthorized, Counts.ByService());
    }

    public SessionSecurityDiagnosticsDataType DescribeSecurity()
    {
        var context = Context;
        var user = context.User.Kind == UserIdentityKind.Anonymous ? null : context.User.Name;
        return new(
            Id, user, user is null ? [] : [user], context.User.Kind.ToString(), "UA Binary", "opc.tcp", context.SecurityMode, context.SecurityPolicyUri, context.ClientCertificate);
    }

    /// <summary>Ends the session; false where it was ended before. Subscriptions that are kept wait for a transfer until their lifetime ends.</summary>
    public bool Close(bool keepSubscriptions)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return false;
        Subscriptions.Close(keepSubscriptions);
        BrowsePoints.Clear();
        _ended.Cancel();
        Dispose();
        return true;
    }

    public void Dispose() => _ended.Dispose();
}
