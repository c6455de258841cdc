using System.Security.Cryptography;
using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.Sessions;

namespace Gds.OpcUa.TrustListFiles;

/// <summary>The handles of all open trust lists. They belong to the session that opened them and end with it, or when nobody uses them.</summary>
internal sealed class TrustListHandles : ISessionObserver, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, OpenTrustList> _open = [];
    private readonly TrustListFileLimits _limits;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public TrustListHandles(TrustListFileLimits limits, TimeProvider time)
    {
        (_limits, _time) = (limits, time);
        var interval = TimeSpan.FromTicks(limits.ActivityTimeout.Ticks / 4);
        _sweep = time.CreateTimer(_ => Sweep(), null, interval, interval);
    }

    public ushort OpenCount(string group)
    {
        lock (_gate) return (ushort)Math.Min(_open.Values.Count(h => h.Group == group), ushort.MaxValue);
    }

    /// <exception cref="UaException">Bad_TooManyOperations where the session or the server has too many open.</exception>
    public uint Open(string group, NodeId session, byte[] content)
    {
        lock (_gate)
        {
            if (_open.Values.Count(h => h.Session == session) >= _limits.MaxHandlesPerSession)
                throw new UaException(StatusCodes.BadTooManyOperations, $"This session has {_limits.MaxHandlesPerSession} trust lists open; close one.");
            if (_open.Count >= _limits.MaxHandles)
                throw new UaException(StatusCodes.BadTooManyOperations, "The server has no room for another open trust list; try again later.");
            uint handle;
            do handle = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
            while (_open.ContainsKey(handle));
            _open[handle] = new OpenTrustList(handle, group, session, content) { LastUse = _time.GetTimestamp() };
            return handle;
        }
    }

    /// <summary>The open list of a handle; using it keeps it open.</summary>
    /// <exception cref="UaException">Bad_InvalidArgument for a handle of no open list here, Bad_UserAccessDenied for one of another session.</exception>
    public OpenTrustList Find(uint handle, string group, NodeId session)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(handle, out var found) || found.Group != group || IsOver(found))
                throw new UaException(StatusCodes.BadInvalidArgument, $"FileHandle {handle} is not open; it may have been closed after {_limits.ActivityTimeout.TotalSeconds:0} s without use.");
            if (found.Session != session)
                throw new UaException(StatusCodes.BadUserAccessDenied, $"FileHandle {handle} was opened by another session.");
            found.LastUse = _time.GetTimestamp();
            return found;
        }
    }

    public void Close(OpenTrustList file)
    {
        lock (_gate) _open.Remove(file.Handle);
    }

    public void Activated(ICallContext session)
    {
    }

    public void Refused(SessionRefusal refusal)
    {
    }

    public void Closed(NodeId sessionId) => RemoveWhere(h => h.Session == sessionId);

    public void Dispose() => _sweep.Dispose();

    private void Sweep() => RemoveWhere(IsOver);

    private bool IsOver(OpenTrustList file) => _time.GetElapsedTime(file.LastUse) >= _limits.ActivityTimeout;

    private void RemoveWhere(Func<OpenTrustList, bool> isOver)
    {
        lock (_gate)
        {
            if (_open.Count == 0) return;
            foreach (var file in _open.Values.Where(isOver).ToList()) _open.Remove(file.Handle);
        }
    }
}
