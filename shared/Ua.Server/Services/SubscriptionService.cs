using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Subscriptions;

namespace Ua.Server.Services;

/// <summary>The subscription service set (Part 4, 5.14).</summary>
internal sealed class SubscriptionService(SubscriptionLimits limits, OperationLimits operations, AuditEvents audit) : IServiceSet
{
    public IEnumerable<ServiceRoute> Routes =>
    [
        ServiceRoute.Quick<CreateSubscriptionRequest>(Create),
        ServiceRoute.Quick<ModifySubscriptionRequest>(Modify),
        ServiceRoute.Quick<SetPublishingModeRequest>(SetPublishingMode),
        ServiceRoute.Quick<TransferSubscriptionsRequest>(Transfer),
        ServiceRoute.Quick<DeleteSubscriptionsRequest>(Delete),
        ServiceRoute.Quick<RepublishRequest>(Republish),
        ServiceRoute.Waiting<PublishRequest>(PublishAsync),
    ];

    private CreateSubscriptionResponse Create(CreateSubscriptionRequest request, ServiceCall call)
    {
        var settings = SubscriptionSettings.Revise(
            request.RequestedPublishingInterval, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount,
            request.MaxNotificationsPerPublish, request.PublishingEnabled, request.Priority, limits);
        var subscription = call.Session.Subscriptions.Create(settings);
        return new CreateSubscriptionResponse(call.Good(), subscription.Id, settings.PublishingInterval, settings.LifetimeCount, settings.MaxKeepAliveCount);
    }

    private ModifySubscriptionResponse Modify(ModifySubscriptionRequest request, ServiceCall call)
    {
        var settings = call.Session.Subscriptions.Modify(request.SubscriptionId, SubscriptionSettings.Revise(
            request.RequestedPublishingInterval, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount,
            request.MaxNotificationsPerPublish, enabled: true, request.Priority, limits));
        return new ModifySubscriptionResponse(call.Good(), settings.PublishingInterval, settings.LifetimeCount, settings.MaxKeepAliveCount);
    }

    private SetPublishingModeResponse SetPublishingMode(SetPublishingModeRequest request, ServiceCall call)
    {
        Operations.Check(request.SubscriptionIds, operations.MaxMonitoredItemsPerCall);
        var results = Array.ConvertAll(request.SubscriptionIds, id => call.Session.Subscriptions.SetPublishingMode(id, request.PublishingEnabled));
        var diagnostics = call.Diagnostics.OfOperations(results);
        return new SetPublishingModeResponse(call.Good(), results, diagnostics);
    }

    private TransferSubscriptionsResponse Transfer(TransferSubscriptionsRequest request, ServiceCall call)
    {
        try
        {
            Operations.Check(request.SubscriptionIds, operations.MaxMonitoredItemsPerCall);
        }
        catch (UaException e)
        {
            audit.SubscriptionsTransferred(call.Caller, e.StatusCode);
            throw;
        }

        var results = Array.ConvertAll(request.SubscriptionIds, id => call.Session.Subscriptions.TakeOver(id, request.SendInitialValues));
        audit.SubscriptionsTransferred(call.Caller, results.Select(r => r.StatusCode).FirstOrDefault(s => s.IsBad));
        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.StatusCode);
        return new TransferSubscriptionsResponse(call.Good(), results, diagnostics);
    }

    private DeleteSubscriptionsResponse Delete(DeleteSubscriptionsRequest request, ServiceCall call)
    {
        Operations.Check(request.SubscriptionIds, operations.MaxMonitoredItemsPerCall);
        var results = Array.ConvertAll(request.SubscriptionIds, call.Session.Subscriptions.Delete);
        var diagnostics = call.Diagnostics.OfOperations(results);
        return new DeleteSubscriptionsResponse(call.Good(), results, diagnostics);
    }

    private static RepublishResponse Republish(RepublishRequest request, ServiceCall call) =>
        new(call.Good(), call.Session.Subscriptions.Republish(request.SubscriptionId, request.RetransmitSequenceNumber));

    private static async ValueTask<IServiceResponse> PublishAsync(PublishRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        DateTime? expires = request.Header.TimeoutHint > 0 ? call.Received.AddMilliseconds(request.Header.TimeoutHint) : null;
        var subscriptions = call.Session.Subscriptions;
        var pending = subscriptions.Publish(request.SubscriptionAcknowledgements, expires);
        await using var cancelled = cancellationToken.UnsafeRegister(
            _ => subscriptions.Abandon(pending, StatusCodes.BadRequestCancelledByClient, "The publish request was cancelled."), null).ConfigureAwait(false);
        var (contents, acknowledged) = await pending.Message.ConfigureAwait(false);
        var diagnostics = call.Diagnostics.OfOperations(acknowledged);
        return new PublishResponse(
            call.Good(), contents.SubscriptionId, contents.AvailableSequenceNumbers, contents.MoreNotifications, contents.Message, acknowledged, diagnostics);
    }
}
