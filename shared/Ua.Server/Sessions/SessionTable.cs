using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Services;
using Ua.Transport;

namespace Ua.Server.Sessions;

/// <summary>All sessions of a server, by their secret tokens; who may have one, and when it ends.</summary>
internal sealed class SessionTable(SessionLimits limits, ServerCounters counters, IEnumerable<ISessionObserver> observers, ILogger<SessionTable> log)
{
    private const int TokenLength = 32;

    private readonly ConcurrentDictionary<NodeId, Session> _byToken = [];
    private readonly Lock _admission = new();

    /// <summary>The same sessions by client, so that a client's share is known without looking at everybody's; under the lock.</summary>
    private readonly Dictionary<string, List<Session>> _ofClient = new(StringComparer.Ordinal);

    /// <summary>Those that nobody has activated yet, and some that were, until the next look; under the lock.</summary>
    private readonly List<Session> _fresh = [];
    private readonly ISessionObserver[] _observers = [.. observers];
    private int _lastNumber;

    public int Count => _byToken.Count;

    public ICollection<Session> All => _byToken.Values;

    public static NodeId NewToken() => new(RandomNumberGenerator.GetBytes(TokenLength), 0);

    /// <summary>The public id of a new session: it names the session and gives no access to it.</summary>
    public NodeId NewId() => new((uint)Interlocked.Increment(ref _lastNumber), 1);

    /// <summary>
    /// Takes a session in where the limits allow it; the oldest one that was never activated makes room, else the oldest whose
    /// channel is gone: its client may have come back with a new one.
    /// </summary>
    public void Add(Session session)
    {
        lock (_admission)
        {
            if (!_ofClient.TryGetValue(session.Identity.ClientKey, out var ofClient)) ofClient = [];
            if (ofClient.Count >= limits.MaxSessionsPerClient) MakeRoom(ofClient, $"This client has its {limits.MaxSessionsPerClient} sessions.");
            if (_byToken.Count >= limits.MaxSessions) MakeRoom(_byToken.Values, $"The server has its {limits.MaxSessions} sessions.");
            _fresh.RemoveAll(s => s.IsClosed || s.Binding.IsActivated);
            if (_fresh.Count >= limits.MaxSessionsNotActivated) Close(_fresh[0], SessionEnd.TimedOut);
            _byToken[session.Identity.AuthenticationToken] = session;
            _fresh.Add(session);
            ofClient.Add(session);
            _ofClient[session.Identity.ClientKey] = ofClient;
        }

        counters.SessionCreated();
        Log.SessionCreated(log, session.Identity, session.Identity.Client.ApplicationUri, session.Channel.RemoteEndPoint);
    }

    /// <summary>The session of a token on its own channel, activated and alive; its clock starts anew.</summary>
    public Session Activated(NodeId token, IServerChannel channel)
    {
        var session = Find(token);
        var binding = session.Binding;
        if (binding.Channel != channel) throw new UaException(StatusCodes.BadSecureChannelIdInvalid, "The session belongs to another channel.");
        if (!binding.IsActivated)
        {
            Close(session, SessionEnd.Misused);
            throw new UaException(StatusCodes.BadSessionNotActivated, "The session was used before it was activated; it is closed.");
        }

        session.Touch();
        return session;
    }

    /// <summary>The session of a token, whatever its state.</summary>
    public Session Find(NodeId token) => TryFind(token)
        ?? throw new UaException(StatusCodes.BadSessionIdInvalid, "There is no session with this authentication token.");

    /// <summary>The session of a token, whatever its state; null where there is none.</summary>
    public Session? TryFind(NodeId token) => !token.IsNull && _byToken.TryGetValue(token, out var session) && !session.IsClosed ? session : null;

    /// <summary>The session with a public id; null where it has ended.</summary>
    public Session? ById(NodeId id) => _byToken.Values.FirstOrDefault(s => s.Id == id);

    /// <summary>
    /// Ends a session. One that timed out leaves its subscriptions behind (Part 4, 5.7.2.1); where the server ends it because trust
    /// or rights are gone, they go with it, since what they hold was read under those rights.
    /// </summary>
    public bool Close(Session session, SessionEnd end) => Close(session, end, keepSubscriptions: end == SessionEnd.TimedOut);

    public bool Close(Session session, SessionEnd end, bool keepSubscriptions)
    {
        if (!session.Close(keepSubscriptions)) return false;
        _byToken.TryRemove(session.Identity.AuthenticationToken, out _);
        lock (_admission)
        {
            var ofClient = _ofClient.GetValueOrDefault(session.Identity.ClientKey) ?? [];
            ofClient.Remove(session);
            if (ofClient.Count == 0) _ofClient.Remove(session.Identity.ClientKey);
            if (!ofClient.Exists(s => s.Channel == session.Channel)) session.Channel.HasSession = false;
        }

        counters.SessionEnded(end);
        Log.SessionEnded(log, session.Identity, end);
        foreach (var observer in _observers) Tell(observer, o => o.Closed(session.Id));
        return true;
    }

    public void Tell(Action<ISessionObserver> what)
    {
        foreach (var observer in _observers) Tell(observer, what);
    }

    /// <summary>Closes sessions that were silent for their timeout, or never activated.</summary>
    public void Sweep()
    {
        foreach (var session in _byToken.Values)
        {
            var allowed = session.Binding.IsActivated ? session.Timeout : limits.ActivationTimeout;
            if (session.Silence > allowed) Close(session, SessionEnd.TimedOut);
        }
    }

    /// <summary>A channel has ended. Its sessions may be activated on another one until they time out; those never activated cannot.</summary>
    public void ChannelClosed(IServerChannel channel)
    {
        List<Session> over;
        lock (_admission) over = _fresh.FindAll(s => s.Binding is { IsActivated: false } binding && binding.Channel == channel);
        foreach (var session in over) Close(session, SessionEnd.Aborted);
    }

    private void MakeRoom(IEnumerable<Session> among, string text)
    {
        var idle = among
            .Where(s => !s.Binding.IsActivated || s.Channel.Closed.IsCancellationRequested)
            .OrderBy(s => s.Binding.IsActivated).ThenByDescending(s => s.Silence).FirstOrDefault();
        if (idle is not null)
        {
            Close(idle, SessionEnd.TimedOut);
            return;
        }

        counters.SessionRejected();
        throw new UaException(StatusCodes.BadTooManySessions, text);
    }

    private void Tell(ISessionObserver observer, Action<ISessionObserver> what)
    {
        try
        {
            what(observer);
        }
        catch (Exception e)
        {
            Log.ObserverFailed(log, e, observer.GetType().Name);
        }
    }
}
