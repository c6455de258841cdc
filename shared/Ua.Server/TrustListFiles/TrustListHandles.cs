using System.Security.Cryptography;
using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.Sessions;

namespace Ua.Server.TrustListFiles;

/// <summary>
/// The handles of all open trust lists of a server. They belong to the session that opened them and end with it, or when nobody
/// uses them. A list is open for many readers or for one writer (Part 20, 4.2.2).
/// </summary>
public sealed class TrustListHandles : ISessionObserver, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, OpenTrustList> _open = [];
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public TrustListHandles(TrustListFileLimits limits, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
        (Limits, _time) = (limits, time);
        var interval = TimeSpan.FromTicks(limits.ActivityTimeout.Ticks / 4);
        _sweep = time.CreateTimer(_ => RemoveWhere(IsOver), null, interval, interval);
    }

    public TrustListFileLimits Limits { get; }

    public ushort OpenCount(NodeId list)
    {
        lock (_gate) return (ushort)Math.Min(_open.Values.Count(h => h.List == list && !IsOver(h)), ushort.MaxValue);
    }

    /// <summary>True while some session is writing a list that fits.</summary>
    public bool IsWritten(Predicate<NodeId> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        lock (_gate) return _open.Values.Any(h => h.IsWriting && list(h.List) && !IsOver(h));
    }

    public void Activated(ICallContext session)
    {
    }

    public void Refused(SessionRefusal refusal)
    {
    }

    public void Closed(NodeId sessionId) => RemoveWhere(h => h.Session == sessionId);

    /// <summary>Closes every handle of a list, such as one that is taken away.</summary>
    public void CloseAll(NodeId list) => RemoveWhere(h => h.List == list);

    public void Dispose() => _sweep.Dispose();

    /// <exception cref="UaException">Bad_TooManyOperations where session or server have too many open, Bad_NotReadable where the list is being written.</exception>
    internal uint OpenForReading(NodeId list, NodeId session, byte[] content)
    {
        lock (_gate)
        {
            if (_open.Values.Any(h => h.List == list && h.IsWriting && !IsOver(h)))
                throw new UaException(StatusCodes.BadNotReadable, "The trust list is open for writing; it can be read when the writer has closed it.");
            return Add(session, handle => OpenTrustList.ForReading(handle, list, session, content));
        }
    }

    /// <exception cref="UaException">Bad_TooManyOperations, or Bad_NotWritable where the list is open already.</exception>
    internal uint OpenForWriting(NodeId list, NodeId session, long largest)
    {
        lock (_gate)
        {
            CheckFree(list);
            return Add(session, handle => OpenTrustList.ForWriting(handle, list, session, largest));
        }
    }

    /// <exception cref="UaException">Bad_TooManyOperations, or Bad_NotWritable where the list is open already.</exception>
    internal void CheckCanWrite(NodeId list, NodeId session)
    {
        lock (_gate)
        {
            CheckFree(list);
            CheckRoom(session);
        }
    }

    private void CheckFree(NodeId list)
    {
        if (_open.Values.FirstOrDefault(h => h.List == list && !IsOver(h)) is { } other)
            throw new UaException(StatusCodes.BadNotWritable, $"The trust list is open for {(other.IsWriting ? "writing" : "reading")}; it can be written when it is closed.");
    }

    /// <summary>The open list of a handle; using it keeps it open.</summary>
    /// <exception cref="UaException">Bad_InvalidArgument for a handle of no open list here, Bad_UserAccessDenied for one of another session.</exception>
    internal OpenTrustList Find(uint handle, NodeId list, NodeId session)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(handle, out var found) || found.List != list || IsOver(found))
                throw new UaException(StatusCodes.BadInvalidArgument, $"FileHandle {handle} is not open; it may have been closed after {Limits.ActivityTimeout.TotalSeconds:0} s without use.");
            if (found.Session != session)
                throw new UaException(StatusCodes.BadUserAccessDenied, $"FileHandle {handle} was opened by another session.");
            found.LastUse = _time.GetTimestamp();
            return found;
        }
    }

    internal void Close(OpenTrustList file)
    {
        lock (_gate) _open.Remove(file.Handle);
    }

    private void CheckRoom(NodeId session)
    {
        if (_open.Values.Count(h => h.Session == session && !IsOver(h)) >= Limits.MaxHandlesPerSession)
            throw new UaException(StatusCodes.BadTooManyOperations, $"This session has {Limits.MaxHandlesPerSession} trust lists open; close one.");
        if (_open.Count >= Limits.MaxHandles)
            throw new UaException(StatusCodes.BadTooManyOperations, "The server has no room for another open trust list; try again later.");
    }

    private uint Add(NodeId session, Func<uint, OpenTrustList> create)
    {
        CheckRoom(session);
        uint handle;
        do handle = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
        while (_open.ContainsKey(handle));
        var file = create(handle);
        file.LastUse = _time.GetTimestamp();
        _open[handle] = file;
        return handle;
    }

    private bool IsOver(OpenTrustList file) => _time.GetElapsedTime(file.LastUse) >= Limits.ActivityTimeout;

    private void RemoveWhere(Func<OpenTrustList, bool> isOver)
    {
        lock (_gate)
        {
            if (_open.Count == 0) return;
            foreach (var file in _open.Values.Where(isOver).ToList()) _open.Remove(file.Handle);
        }
    }
}
