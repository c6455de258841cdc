using Ua.Core;

namespace Ua.Client;

/// <content>What a publish response brings.</content>
public sealed partial class Subscription
{
    /// <summary>Delivers a message, after any that were missed before it.</summary>
    /// <returns>False where the subscription has ended at the server.</returns>
    internal async Task<bool> TakeAsync(SessionConnection connection, PublishResponse response)
    {
        Heard();
        var message = response.NotificationMessage;
        var isKeepAlive = message.NotificationData.Length == 0;
        if (!_sequence.Take(message.SequenceNumber, isKeepAlive, out var missing)) return !Ends(message);
        var alive = true;
        if (missing.Count > 0) alive = await RepublishAsync(connection, missing).ConfigureAwait(false);
        return !isKeepAlive ? Deliver(message) && alive : alive;
    }

    private async Task<bool> RepublishAsync(SessionConnection connection, IReadOnlyList<uint> missing)
    {
        for (var i = 0; i < missing.Count; i++)
        {
            try
            {
                var request = new RepublishRequest(RequestHeader.Empty, Id, missing[i]);
                var response = await connection.SendAsync(request, _session.Options.RequestTimeout, connection.Stopping).ConfigureAwait(false);
                _set.Acknowledge(Id, missing[i]);
                if (!Deliver(response.NotificationMessage)) return false;
            }
            catch (UaException e) when (e.StatusCode == StatusCodes.BadMessageNotAvailable)
            {
                Lose(missing[i], missing[i], 1, e);
            }
            catch (UaException e)
            {
                Lose(missing[i], missing[^1], missing.Count - i, e);
                return e.StatusCode != StatusCodes.BadSubscriptionIdInvalid;
            }
        }

        return true;
    }

    private void Lose(uint first, uint last, int count, UaException reason)
    {
        Interlocked.Add(ref _lost, count);
        Log.NotificationsLost(_logger, Id, first, last, reason.StatusCode, reason.Message);
    }

    private bool Deliver(NotificationMessage message)
    {
        var alive = true;
        foreach (var data in message.NotificationData)
        {
            try
            {
                alive &= Deliver(data);
            }
            catch (UaException e)
            {
                Log.NotificationUnreadable(_logger, data.TypeId, Id, e.Message);
            }
        }

        return alive;
    }

    /// <summary>What ends a subscription counts whatever number it comes under: servers differ in that.</summary>
    private bool Ends(NotificationMessage message) =>
        Array.Exists(message.NotificationData, d => d.TypeId == new NodeId(StatusChangeNotification.BinaryEncodingId) && !Deliver(d));

    /// <summary>It is over at the server, or over for this session because another one has taken it (Part 4, 5.14.7).</summary>
    private static bool IsEnd(StatusChangeNotification change) => change.Status.IsBad || change.Status == StatusCodes.GoodSubscriptionTransferred;

    private bool Deliver(ExtensionObject data)
    {
        var limits = _session.Options.Limits;
        if (data.TryDecode<DataChangeNotification>(out var changes, limits))
        {
            foreach (var change in changes!.MonitoredItems)
                if (_items.TryGetValue(change.ClientHandle, out var item)) item.Take(change.Value);
        }
        else if (data.TryDecode<EventNotificationList>(out var events, limits))
        {
            foreach (var each in events!.Events)
                if (_items.TryGetValue(each.ClientHandle, out var item)) item.Take(each.EventFields);
        }
        else if (data.TryDecode<StatusChangeNotification>(out var change, limits))
        {
            return !IsEnd(change!);
        }

        return true;
    }
}
