using System.Collections.Concurrent;
using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Nodes;
using Ua.Server.Sessions;
using Ua.Server.Subscriptions;

namespace Ua.Server.Conditions;

/// <summary>
/// ConditionRefresh and ConditionRefresh2 (Part 9, 5.5.7 and 5.5.8): sends the retained conditions again, to one subscription or one
/// item of it, between an event that starts the refresh and one that ends it.
/// </summary>
internal sealed class ConditionRefreshing(AddressSpace space, ConditionRegister conditions, SessionTable sessions, SubscriptionTable subscriptions, EventRouter router, TimeProvider time)
{
    private readonly ConcurrentDictionary<uint, bool> _running = [];

    public void Attach()
    {
        space.Get<MethodNode>(ConditionIds.ConditionRefresh).Handler = (call, _) => Task.FromResult(Refresh(call, Id(call, 0), null));
        space.Get<MethodNode>(ConditionIds.ConditionRefresh2).Handler = (call, _) => Task.FromResult(Refresh(call, Id(call, 0), Id(call, 1)));
        if (space.TryFind<VariableNode>(ConditionIds.SupportsFilteredRetain, out var filtered)) filtered.SetValue(false, space.Created);
    }

    private MethodResult Refresh(MethodCall call, uint subscriptionId, uint? itemId)
    {
        var items = Owner(call, subscriptionId).EventItems(subscriptionId);
        if (itemId is { } only) items = items.FindAll(i => i.Id == only);
        if (items.Count == 0) return MethodResult.Bad(itemId is null ? StatusCodes.BadNothingToDo : StatusCodes.BadMonitoredItemIdInvalid);
        if (!_running.TryAdd(subscriptionId, true)) return MethodResult.Bad(StatusCodes.BadRefreshInProgress);
        try
        {
            Send(items);
        }
        finally
        {
            _running.TryRemove(subscriptionId, out _);
        }

        return MethodResult.Good();
    }

    /// <summary>The marks of start and end pass every filter, and are the same events for all items (Part 9, 5.11 and 5.5.7).</summary>
    private void Send(List<EventItem> items)
    {
        var start = Mark(ConditionIds.RefreshStartEvent, "The refresh of conditions starts.");
        foreach (var item in items) item.OfferAlways(start);
        foreach (var condition in conditions.All)
        {
            condition.Refresh(e =>
            {
                foreach (var item in items) router.OfferTo(item, e);
            });
        }

        var end = Mark(ConditionIds.RefreshEndEvent, "The refresh of conditions has ended.");
        foreach (var item in items) item.OfferAlways(end);
    }

    private SessionSubscriptions Owner(MethodCall call, uint subscriptionId)
    {
        if (sessions.ById(call.Caller.SessionId)?.Subscriptions is { } own && own.Has(subscriptionId)) return own;
        throw subscriptions.Find(subscriptionId) is not null
            ? new UaException(StatusCodes.BadUserAccessDenied, $"SubscriptionId: {subscriptionId} belongs to another session.")
            : new UaException(StatusCodes.BadSubscriptionIdInvalid, $"SubscriptionId: there is no subscription {subscriptionId}.");
    }

    private UaEvent Mark(NodeId type, string message) => new(type, ConditionIds.Server, "Server", new LocalizedText("en", message), 1, time.GetUtcNow().UtcDateTime);

    private static uint Id(MethodCall call, int index) => call.Inputs[index].TryGet<uint>(out var id)
        ? id
        : throw new UaException(index == 0 ? StatusCodes.BadSubscriptionIdInvalid : StatusCodes.BadMonitoredItemIdInvalid, "An id is missing.");
}
