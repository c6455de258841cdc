using Ua.Core;

namespace Ua.Client;

/// <content>Making the subscription at the server, again where needed.</content>
public sealed partial class Subscription
{
    internal Task CreateAsync(SessionConnection connection, CancellationToken cancellationToken) =>
        ChangeAsync(() => CreateLockedAsync(connection, cancellationToken), cancellationToken);

    /// <summary>Gives up what the server may still have of it and makes it again.</summary>
    internal Task RecreateAsync(SessionConnection connection, bool deleteFirst, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            if (_deleted) return;
            if (deleteFirst && Id != 0) await DeleteAsync(connection).ConfigureAwait(false);
            await CreateLockedAsync(connection, cancellationToken).ConfigureAwait(false);
            var items = _items.Values.ToArray();
            foreach (var batch in items.Chunk(ItemsPerRequest)) await CreateItemsAsync(connection, batch, cancellationToken).ConfigureAwait(false);
            foreach (var item in items.Where(i => i.Status.IsBad)) Log.ItemNotRecreated(_logger, item.Item.NodeId, item.Status);
        },
        cancellationToken);

    /// <summary>Goes on in a new session, to which the server has handed the subscription over with these messages still there (Part 4, 5.14.7).</summary>
    internal Task GoOnAsync(SessionConnection connection, uint[] available, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            if (_deleted)
            {
                await DeleteAsync(connection).ConfigureAwait(false);
                return;
            }

            Heard();
            _set.Know(this);
            foreach (var number in available)
            {
                if (!_sequence.Take(number, isKeepAlive: false, out var missing)) _set.Acknowledge(Id, number);
                else await RepublishAsync(connection, [.. missing, number]).ConfigureAwait(false);
            }
        },
        cancellationToken);

    internal void Heard() => Interlocked.Exchange(ref _lastMessage, _time.GetTimestamp());

    private async Task CreateLockedAsync(SessionConnection connection, CancellationToken cancellationToken)
    {
        Heard();
        _set.Forget(this);
        Id = 0;
        var request = new CreateSubscriptionRequest(
            RequestHeader.Empty,
            _options.PublishingInterval.TotalMilliseconds,
            _options.LifetimeCount,
            _options.KeepAliveCount,
            _options.MaxNotificationsPerPublish,
            PublishingEnabled: true,
            _options.Priority);
        var response = await connection.SendAsync(request, _session.Options.RequestTimeout, cancellationToken).ConfigureAwait(false);
        if (response.RevisedPublishingInterval is not (> 0 and < int.MaxValue))
            throw new UaException(StatusCodes.BadUnknownResponse, $"The server revised the publishing interval to {response.RevisedPublishingInterval} ms.");
        Id = response.SubscriptionId;
        PublishingInterval = TimeSpan.FromMilliseconds(response.RevisedPublishingInterval);
        KeepAliveCount = response.RevisedMaxKeepAliveCount;
        _sequence = new NotificationSequence();
        Heard();
        _set.Know(this);
    }

    private async Task CreateItemsAsync(SessionConnection connection, MonitoredItem[] items, CancellationToken cancellationToken)
    {
        var request = new CreateMonitoredItemsRequest(RequestHeader.Empty, Id, TimestampsToReturn.Both, [.. items.Select(i => i.Request())]);
        var response = await connection.SendAsync(request, _session.Options.RequestTimeout, cancellationToken).ConfigureAwait(false);
        foreach (var (item, result) in items.Zip(Results.Expect(response.Results, items.Length, "CreateMonitoredItems"))) item.Created(result);
    }

    private async Task DeleteAsync(SessionConnection connection)
    {
        try
        {
            await connection.SendAsync(new DeleteSubscriptionsRequest(RequestHeader.Empty, [Id]), _session.Options.RequestTimeout, CancellationToken.None).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            Log.SubscriptionNotDeleted(_logger, Id, e.StatusCode, e.Message);
        }
    }
}
