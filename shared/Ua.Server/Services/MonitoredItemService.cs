using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Subscriptions;

namespace Ua.Server.Services;

/// <summary>The monitored item service set (Part 4, 5.13).</summary>
internal sealed class MonitoredItemService(MonitoredItemFactory items, OperationLimits limits) : IServiceSet
{
    public IEnumerable<ServiceRoute> Routes =>
    [
        ServiceRoute.Quick<CreateMonitoredItemsRequest>(Create),
        ServiceRoute.Quick<ModifyMonitoredItemsRequest>(Modify),
        ServiceRoute.Quick<SetMonitoringModeRequest>(SetMode),
        ServiceRoute.Quick<SetTriggeringRequest>(SetTriggering),
        ServiceRoute.Quick<DeleteMonitoredItemsRequest>(Delete),
    ];

    private CreateMonitoredItemsResponse Create(CreateMonitoredItemsRequest request, ServiceCall call)
    {
        Operations.Check(request.ItemsToCreate, limits.MaxMonitoredItemsPerCall);
        AttributeService.CheckTimestamps(request.TimestampsToReturn);
        var subscription = call.Session.Subscriptions.Require(request.SubscriptionId);
        var results = Array.ConvertAll(request.ItemsToCreate, item => items.Create(call.Session, subscription, item, request.TimestampsToReturn));
        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.StatusCode);
        return new CreateMonitoredItemsResponse(call.Good(), results, diagnostics);
    }

    private ModifyMonitoredItemsResponse Modify(ModifyMonitoredItemsRequest request, ServiceCall call)
    {
        Operations.Check(request.ItemsToModify, limits.MaxMonitoredItemsPerCall);
        AttributeService.CheckTimestamps(request.TimestampsToReturn);
        var subscriptions = call.Session.Subscriptions;
        var subscription = subscriptions.Require(request.SubscriptionId);
        var results = Array.ConvertAll(request.ItemsToModify, item => items.Modify(subscriptions, subscription, item, request.TimestampsToReturn));
        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.StatusCode);
        return new ModifyMonitoredItemsResponse(call.Good(), results, diagnostics);
    }

    private SetMonitoringModeResponse SetMode(SetMonitoringModeRequest request, ServiceCall call)
    {
        Operations.Check(request.MonitoredItemIds, limits.MaxMonitoredItemsPerCall);
        if (!Enum.IsDefined(request.MonitoringMode))
            throw new UaException(StatusCodes.BadMonitoringModeInvalid, $"The monitoring mode is {(int)request.MonitoringMode}; 0 to 2 are defined.");
        var subscriptions = call.Session.Subscriptions;
        subscriptions.Require(request.SubscriptionId);
        var results = Array.ConvertAll(request.MonitoredItemIds, id =>
        {
            MonitoredItem? started = null;
            var status = subscriptions.WithItem(request.SubscriptionId, id, item =>
            {
                if (item.SetMode(request.MonitoringMode)) started = item;
                return StatusCodes.Good;
            });
            started?.Start();
            return status;
        });
        var diagnostics = call.Diagnostics.OfOperations(results);
        return new SetMonitoringModeResponse(call.Good(), results, diagnostics);
    }

    private SetTriggeringResponse SetTriggering(SetTriggeringRequest request, ServiceCall call)
    {
        Operations.Check([.. request.LinksToAdd, .. request.LinksToRemove], limits.MaxMonitoredItemsPerCall);
        var (added, removed) = call.Session.Subscriptions.SetTriggering(
            request.SubscriptionId, request.TriggeringItemId, request.LinksToAdd, request.LinksToRemove);
        var addDiagnostics = call.Diagnostics.OfOperations(added);
        var removeDiagnostics = call.Diagnostics.OfOperations(removed);
        return new SetTriggeringResponse(call.Good(), added, addDiagnostics, removed, removeDiagnostics);
    }

    private DeleteMonitoredItemsResponse Delete(DeleteMonitoredItemsRequest request, ServiceCall call)
    {
        Operations.Check(request.MonitoredItemIds, limits.MaxMonitoredItemsPerCall);
        call.Session.Subscriptions.Require(request.SubscriptionId);
        var results = Array.ConvertAll(request.MonitoredItemIds, id => call.Session.Subscriptions.DeleteItem(request.SubscriptionId, id));
        var diagnostics = call.Diagnostics.OfOperations(results);
        return new DeleteMonitoredItemsResponse(call.Good(), results, diagnostics);
    }
}
