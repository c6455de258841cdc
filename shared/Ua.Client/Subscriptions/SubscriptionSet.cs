using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Client;

/// <summary>
/// The subscriptions of a session, and the publish requests that they all share. Several are on their way at any time; their
/// responses are taken in the order in which the requests went out, as servers answer them.
/// </summary>
internal sealed class SubscriptionSet(UaSession session, SessionOptions options, ILogger logger)
{
    private const int MostOutstanding = 10;

    private readonly ConcurrentDictionary<Subscription, bool> _all = new();
    private readonly ConcurrentDictionary<uint, Subscription> _byId = new();
    private readonly ConcurrentQueue<SubscriptionAcknowledgement> _acknowledgements = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _most = MostOutstanding;
    private DateTime? _serverStart;

    public async Task<Subscription> CreateAsync(SubscriptionOptions subscriptionOptions, CancellationToken cancellationToken)
    {
        var subscription = new Subscription(session, this, subscriptionOptions, logger);
        var connection = await session.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
        _serverStart ??= await SubscriptionTransfer.ReadServerStartAsync(connection, options, cancellationToken).ConfigureAwait(false);
        await subscription.CreateAsync(connection, cancellationToken).ConfigureAwait(false);
        _all[subscription] = true;
        _wake.Writer.TryWrite(true);
        return subscription;
    }

    public void Know(Subscription subscription) => _byId[subscription.Id] = subscription;

    public void Forget(Subscription subscription) => _byId.TryRemove(subscription.Id, out _);

    public void Remove(Subscription subscription)
    {
        _all.TryRemove(subscription, out _);
        Forget(subscription);
    }

    public void Acknowledge(uint subscriptionId, uint sequenceNumber) => _acknowledgements.Enqueue(new(subscriptionId, sequenceNumber));

    public void Complete()
    {
        foreach (var subscription in _all.Keys) subscription.Complete();
    }

    /// <summary>Brings all subscriptions into a new session: takes over what the server has kept, and makes the others again.</summary>
    public async Task RestoreAsync(SessionConnection connection, CancellationToken cancellationToken)
    {
        _byId.Clear();
        _acknowledgements.Clear();
        var all = _all.Keys.ToArray();
        if (all.Length == 0) return;
        var (before, now) = (_serverStart, await SubscriptionTransfer.ReadServerStartAsync(connection, options, cancellationToken).ConfigureAwait(false));
        _serverStart = now;
        var kept = now is not null && now == before ? await SubscriptionTransfer.RunAsync(connection, all, options, logger, cancellationToken).ConfigureAwait(false) : [];
        await RecreateAsync(connection, all.Except(kept), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One that the server refuses is tried again by <see cref="CheckAsync"/>.</summary>
    private async Task RecreateAsync(SessionConnection connection, IEnumerable<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        foreach (var subscription in subscriptions)
        {
            Log.SubscriptionRecreated(logger, subscription.Id, "the session is new");
            try
            {
                await subscription.RecreateAsync(connection, deleteFirst: false, cancellationToken).ConfigureAwait(false);
            }
            catch (UaException e) when (ConnectionErrors.IsFromService(e))
            {
                Log.PublishFailed(logger, e.StatusCode, e.Message);
            }
        }
    }

    /// <summary>Makes those again that have been silent for longer than their server promised.</summary>
    public async Task CheckAsync(SessionConnection connection)
    {
        foreach (var subscription in _all.Keys.Where(s => s.IsOverdue)) await ReviveAsync(connection, subscription, "it is silent").ConfigureAwait(false);
    }

    /// <summary>Publishes until the connection ends.</summary>
    public async Task RunAsync(SessionConnection connection)
    {
        var outstanding = new Queue<Task<PublishResponse>>();
        foreach (var subscription in _all.Keys) subscription.Heard();
        try
        {
            while (!connection.Stopping.IsCancellationRequested)
            {
                while (_all.IsEmpty) await _wake.Reader.ReadAsync(connection.Stopping).ConfigureAwait(false);
                while (outstanding.Count < Math.Min(_all.Count + 1, _most)) outstanding.Enqueue(PublishAsync(connection));
                if (outstanding.TryDequeue(out var oldest)) await TakeAsync(connection, oldest, outstanding.Count).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (connection.Stopping.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            foreach (var rest in outstanding) await ((Task)rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<PublishResponse> PublishAsync(SessionConnection connection)
    {
        var acknowledgements = new List<SubscriptionAcknowledgement>();
        while (acknowledgements.Count < 1000 && _acknowledgements.TryDequeue(out var one)) acknowledgements.Add(one);
        var silence = _all.Keys.Select(s => s.LongestSilence).DefaultIfEmpty(TimeSpan.Zero).Max();
        var patience = (silence * 3) + options.RequestTimeout;
        try
        {
            return await connection.SendAsync(new PublishRequest(RequestHeader.Empty, [.. acknowledgements]), patience, connection.Stopping).ConfigureAwait(false);
        }
        catch
        {
            // Nobody knows whether they have arrived; a second acknowledgement does no harm.
            foreach (var one in acknowledgements) _acknowledgements.Enqueue(one);
            throw;
        }
    }

    private async Task TakeAsync(SessionConnection connection, Task<PublishResponse> publish, int others)
    {
        PublishResponse response;
        try
        {
            response = await publish.ConfigureAwait(false);
        }
        catch (UaException e)
        {
            await FailedAsync(connection, e, others).ConfigureAwait(false);
            return;
        }

        if (response.NotificationMessage.NotificationData.Length > 0) Acknowledge(response.SubscriptionId, response.NotificationMessage.SequenceNumber);
        if (!_byId.TryGetValue(response.SubscriptionId, out var subscription)) return;
        if (!await subscription.TakeAsync(connection, response).ConfigureAwait(false)) await ReviveAsync(connection, subscription, "it ended at the server").ConfigureAwait(false);
    }

    private async Task FailedAsync(SessionConnection connection, UaException error, int others)
    {
        if (connection.Ended.IsCompleted || error.StatusCode == StatusCodes.BadTimeout) return;
        if (error.StatusCode == StatusCodes.BadTooManyPublishRequests)
        {
            _most = Math.Max(1, others);
            return;
        }

        if (error.StatusCode != StatusCodes.BadNoSubscription || !_all.IsEmpty) Log.PublishFailed(logger, error.StatusCode, error.Message);
        await Task.Delay(TimeSpan.FromMilliseconds(500), options.Time, connection.Stopping).ConfigureAwait(false);
    }

    private async Task ReviveAsync(SessionConnection connection, Subscription subscription, string reason)
    {
        Log.SubscriptionRecreated(logger, subscription.Id, reason);
        try
        {
            await subscription.RecreateAsync(connection, deleteFirst: true, connection.Stopping).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            Log.PublishFailed(logger, e.StatusCode, e.Message);
        }
    }
}
