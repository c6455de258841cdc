using Ua.Core;
using Ua.Server.Events;
using Ua.Server.Hosting;
using Ua.Server.Nodes;
using Ua.Server.Sessions;

namespace Ua.Server.Subscriptions;

/// <summary>Makes and changes monitored items: checks what the client asks for and brings it within the limits (Part 4, 5.13.2 and 5.13.3).</summary>
internal sealed class MonitoredItemFactory(
    AddressSpace space, AttributeReader reader, EventRouter router, DueTimer timer, TimeProvider time, SubscriptionLimits limits)
{
    private readonly DataChangeFilters _dataFilters = new(space);
    private readonly EventFilterLimits _eventLimits = new(limits.MaxSelectClauses, limits.MaxWhereElements);

    public MonitoredItemCreateResult Create(Session session, Subscription subscription, MonitoredItemCreateRequest request, TimestampsToReturn timestamps)
    {
        if (!Enum.IsDefined(request.MonitoringMode)) return Bad(StatusCodes.BadMonitoringModeInvalid);
        var watched = request.ItemToMonitor;
        return watched.AttributeId == (uint)AttributeId.EventNotifier
            ? CreateEvents(session, subscription, request)
            : CreateData(session, subscription, request, timestamps);
    }

    public MonitoredItemModifyResult Modify(SessionSubscriptions subscriptions, Subscription subscription, MonitoredItemModifyRequest request, TimestampsToReturn timestamps)
    {
        var parameters = request.RequestedParameters;
        MonitoredItemModifyResult? result = null;
        MonitoredItem? restarted = null;
        var status = subscriptions.WithItem(subscription.Id, request.MonitoredItemId, item =>
        {
            if (item is DataItem data)
            {
                var wrong = ReadSettings(parameters, item.Watched, subscription, timestamps, out var settings);
                if (wrong.IsBad) return wrong;
                if (data.Modify(parameters.ClientHandle, settings!)) restarted = item;
                result = new(StatusCodes.Good, settings!.SamplingInterval, (uint)settings.QueueSize, null);
                return StatusCodes.Good;
            }

            var status = ReadSettings(parameters, out var eventSettings, out var filterResult);
            if (status.IsBad)
            {
                result = new(status, 0, 0, filterResult);
                return status;
            }

            ((EventItem)item).Modify(parameters.ClientHandle, eventSettings!);
            result = new(StatusCodes.Good, 0, (uint)eventSettings!.QueueSize, filterResult);
            return StatusCodes.Good;
        });
        restarted?.Start();
        return result ?? new MonitoredItemModifyResult(status, 0, 0, null);
    }

    private MonitoredItemCreateResult CreateData(Session session, Subscription subscription, MonitoredItemCreateRequest request, TimestampsToReturn timestamps)
    {
        var watched = request.ItemToMonitor;
        var parameters = request.RequestedParameters;
        var readable = CheckReadable(watched, session.Context);
        if (readable.IsBad) return Bad(readable);
        var status = ReadSettings(parameters, watched, subscription, timestamps, out var settings);
        if (status.IsBad) return Bad(status);
        var sampler = new Sampler(space, reader, timer, time, () => subscription.Owner.Caller);
        status = session.Subscriptions.AddItem(
            subscription.Id, (s, id) => new DataItem(s, id, watched, request.MonitoringMode, parameters.ClientHandle, settings!, sampler), out var item);
        if (status.IsBad) return Bad(status);
        item!.Start();
        return new MonitoredItemCreateResult(StatusCodes.Good, item.Id, settings!.SamplingInterval, (uint)settings.QueueSize, null);
    }

    private MonitoredItemCreateResult CreateEvents(Session session, Subscription subscription, MonitoredItemCreateRequest request)
    {
        var watched = request.ItemToMonitor;
        var parameters = request.RequestedParameters;
        var status = CheckNotifier(watched, session.Context);
        if (status.IsBad) return Bad(status);
        status = ReadSettings(parameters, out var settings, out var filterResult);
        if (status.IsBad) return Bad(status, filterResult);
        var watch = new EventWatch(router, () => subscription.Owner.Caller, time);
        status = session.Subscriptions.AddItem(
            subscription.Id, (s, id) => new EventItem(s, id, watched, request.MonitoringMode, parameters.ClientHandle, settings!, watch), out var item);
        if (status.IsBad) return Bad(status);
        item!.Start();
        return new MonitoredItemCreateResult(StatusCodes.Good, item.Id, 0, (uint)settings!.QueueSize, filterResult);
    }

    /// <summary>What can never be read is refused; a value that is bad only now becomes the first notification.</summary>
    private StatusCode CheckReadable(ReadValueId watched, ICallContext caller)
    {
        var status = reader.Read(watched.NodeId, watched.AttributeId, watched.IndexRange, watched.DataEncoding, caller).Status;
        StatusCode[] final =
        [
            StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid, StatusCodes.BadAttributeIdInvalid, StatusCodes.BadIndexRangeInvalid,
            StatusCodes.BadDataEncodingInvalid, StatusCodes.BadDataEncodingUnsupported, StatusCodes.BadNotReadable,
            StatusCodes.BadUserAccessDenied, StatusCodes.BadSecurityModeInsufficient,
        ];
        return final.Contains(status) ? status : StatusCodes.Good;
    }

    private StatusCode CheckNotifier(ReadValueId watched, ICallContext caller)
    {
        if (space.Find(watched.NodeId) is not { } node) return StatusCodes.BadNodeIdUnknown;
        if (node is not ObjectNode { EventNotifier: var notifier }) return StatusCodes.BadAttributeIdInvalid;
        if (!string.IsNullOrEmpty(watched.IndexRange)) return StatusCodes.BadIndexRangeInvalid;
        if ((notifier & 1) == 0) return StatusCodes.BadNotSupported;
        return space.Permissions.Check(node, PermissionType.ReceiveEvents, caller);
    }

    private StatusCode ReadSettings(
        MonitoringParameters parameters, ReadValueId watched, Subscription subscription, TimestampsToReturn timestamps, out DataItemSettings? settings)
    {
        settings = null;
        var status = _dataFilters.Read(parameters.Filter, watched, out var rule);
        if (status.IsBad) return status;
        settings = new DataItemSettings(
            SamplingInterval: ReviseInterval(parameters.SamplingInterval, watched, subscription),
            QueueSize: (int)Math.Clamp(parameters.QueueSize, 1, (uint)limits.MaxDataQueueSize),
            DiscardOldest: parameters.DiscardOldest,
            Rule: rule,
            Timestamps: timestamps);
        return StatusCodes.Good;
    }

    private StatusCode ReadSettings(MonitoringParameters parameters, out EventItemSettings? settings, out ExtensionObject? filterResult)
    {
        settings = null;
        filterResult = null;
        EventFilter? filter;
        try
        {
            if (parameters.Filter is null || !parameters.Filter.TryDecode(out filter)) return StatusCodes.BadEventFilterInvalid;
        }
        catch (UaException e)
        {
            return e.StatusCode;
        }

        var status = CompiledEventFilter.Read(filter!, space, _eventLimits, out var compiled, out var result);
        filterResult = result is null ? null : ExtensionObject.Of(result);
        if (status.IsBad) return status;
        var queueSize = parameters.QueueSize switch
        {
            0 => limits.DefaultEventQueueSize,
            var size => (int)Math.Min(size, (uint)limits.MaxEventQueueSize),
        };
        settings = new EventItemSettings(compiled!, queueSize, parameters.DiscardOldest);
        return StatusCodes.Good;
    }

    /// <summary>A negative interval takes that of the subscription; 0 is as fast as the server samples.</summary>
    private double ReviseInterval(double requested, ReadValueId watched, Subscription subscription)
    {
        var wanted = requested < 0 || double.IsNaN(requested) ? subscription.Settings.PublishingInterval : requested;
        var least = limits.MinSamplingInterval;
        if (watched.AttributeId == (uint)AttributeId.Value && space.Find(watched.NodeId) is VariableNode variable)
            least = Math.Max(variable.ValueSource is null ? 0 : least, variable.MinimumSamplingInterval);
        return Math.Clamp(wanted, least, Math.Max(least, limits.MaxSamplingInterval));
    }

    private static MonitoredItemCreateResult Bad(StatusCode status, ExtensionObject? filterResult = null) => new(status, 0, 0, 0, filterResult);
}
