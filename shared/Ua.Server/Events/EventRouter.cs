using System.Collections.Immutable;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Events;

/// <summary>
/// Brings each event to the items that watch a notifier of its source: the Server object gets all events, another object those of
/// itself and of what it refers to by HasEventSource or HasNotifier (Part 3, 7.17 and 7.18).
/// </summary>
internal sealed class EventRouter(AddressSpace space) : IEventSink
{
    private const int MostNotifiers = 256;
    private static readonly NodeId s_server = new(2253);

    private ImmutableHashSet<IEventListener> _listeners = [];

    public void Add(IEventListener listener) => ImmutableInterlocked.Update(ref _listeners, static (set, l) => set.Add(l), listener);

    public void Remove(IEventListener listener) => ImmutableInterlocked.Update(ref _listeners, static (set, l) => set.Remove(l), listener);

    public void Raise(UaEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var listeners = _listeners;
        if (listeners.IsEmpty) return;
        HashSet<NodeId>? notifiers = null;
        foreach (var listener in listeners)
        {
            if (listener.Notifier != s_server)
            {
                notifiers ??= Notifiers(e.SourceNode);
                if (!notifiers.Contains(listener.Notifier)) continue;
            }

            if (MayReceive(e, listener)) listener.Offer(e);
        }
    }

    /// <summary>Brings an event to one listener, where it watches a notifier of the source and may have the event.</summary>
    public void OfferTo(IEventListener listener, UaEvent e)
    {
        var reaches = listener.Notifier == s_server || Notifiers(e.SourceNode).Contains(listener.Notifier);
        if (reaches && MayReceive(e, listener)) listener.Offer(e);
    }

    /// <summary>True where the caller may have events of the notifier, of this source and of this type (Part 3, 8.55: ReceiveEvents).</summary>
    private bool MayReceive(UaEvent e, IEventListener listener)
    {
        var caller = listener.Caller;
        if (space.Find(listener.Notifier) is not { } notifier || space.Permissions.Check(notifier, PermissionType.ReceiveEvents, caller).IsBad) return false;
        if (space.Find(e.SourceNode) is { } source && source != notifier && space.Permissions.Check(source, PermissionType.ReceiveEvents, caller).IsBad) return false;
        if (space.Find(e.EventType) is not TypeNode type) return true;
        if (type.Is(EventTypeIds.AuditEvent) && caller.SecurityMode != MessageSecurityMode.SignAndEncrypt) return false;
        for (var t = type; t is not null && t.Id != EventTypeIds.BaseEvent; t = t.SuperType)
            if (t.RolePermissions is not null) return space.Permissions.Check(t, PermissionType.ReceiveEvents, caller).IsGood;
        return true;
    }

    private HashSet<NodeId> Notifiers(NodeId source)
    {
        var found = new HashSet<NodeId> { source };
        var waiting = new Queue<NodeId>(found);
        while (found.Count < MostNotifiers && waiting.TryDequeue(out var id))
        {
            if (space.Find(id) is not { } node) continue;
            foreach (var reference in node.References)
            {
                if (!reference.IsForward && reference.Type.Is(ReferenceTypeIds.HasEventSource) && found.Add(reference.Target.Id))
                    waiting.Enqueue(reference.Target.Id);
            }
        }

        return found;
    }
}

/// <summary>An item that watches a notifier.</summary>
internal interface IEventListener
{
    NodeId Notifier { get; }

    ICallContext Caller { get; }

    /// <summary>Takes an event that the caller may have; its filter is the listener's to apply.</summary>
    void Offer(UaEvent e);
}
