using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Sessions;

namespace Ua.Server.Subscriptions;

/// <summary>
/// The subscriptions of one session and its queue of publish requests, behind one gate: a tick brings a message that is due,
/// a request brings the way out, and <see cref="Pump"/> joins the two. Nothing foreign is called inside the gate. What outlives its
/// session stays here until its lifetime ends or another session takes it over.
/// </summary>
internal sealed partial class SessionSubscriptions(SubscriptionTable table, Func<SessionContext> caller)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, Subscription> _subscriptions = [];
    private readonly LinkedList<PendingPublish> _requests = new();
    private readonly Queue<PublishContents> _endings = new();
    private bool _closed;

    public SubscriptionLimits Limits => table.Limits;

    /// <summary>The session and its user, at this moment or when it ended.</summary>
    public SessionContext Caller => caller();

    /// <summary>How many publish requests wait for a message.</summary>
    public int QueuedRequests
    {
        get
        {
            lock (_gate) return _requests.Count;
        }
    }

    public Subscription Create(SubscriptionSettings settings)
    {
        table.Admit();
        lock (_gate)
        {
            if (_closed || IsFull)
            {
                table.Release(items: 0, subscription: true);
                throw _closed ? SessionClosed() : new UaException(StatusCodes.BadTooManySubscriptions, $"The session has its {Limits.MaxSubscriptionsPerSession} subscriptions.");
            }

            var subscription = new Subscription(table.NextSubscriptionId(), this, settings);
            _subscriptions.Add(subscription.Id, subscription);
            table.Created(subscription);
            StartTimer(subscription);
            return subscription;
        }
    }

    public SubscriptionSettings Modify(uint id, SubscriptionSettings settings)
    {
        lock (_gate)
        {
            var subscription = Get(id);
            StopTimer(subscription);
            subscription.Modify(settings);
            StartTimer(subscription);
            return subscription.Settings;
        }
    }

    public StatusCode SetPublishingMode(uint id, bool enabled)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(id, out var subscription)) return StatusCodes.BadSubscriptionIdInvalid;
            subscription.SetPublishingMode(enabled);
            return StatusCodes.Good;
        }
    }

    public StatusCode Delete(uint id)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(id, out var subscription)) return StatusCodes.BadSubscriptionIdInvalid;
            Remove(subscription);
            if (_subscriptions.Count == 0) FailRequests(StatusCodes.BadNoSubscription, "The last subscription of the session was deleted.");
            return StatusCodes.Good;
        }
    }

    /// <summary>Takes a publish request: acknowledges at once, answers when a message is due (Part 4, 5.14.5).</summary>
    public PendingPublish Publish(SubscriptionAcknowledgement[] acknowledgements, DateTime? expires)
    {
        lock (_gate)
        {
            if (_closed) throw SessionClosed();
            if (_subscriptions.Count == 0 && _endings.Count == 0)
                throw new UaException(StatusCodes.BadNoSubscription, "The session has no subscription to publish.");
            var request = new PendingPublish(Array.ConvertAll(acknowledgements, Acknowledge), expires);
            DropExpired();
            if (_requests.Count >= Limits.MaxPublishRequestsPerSession)
            {
                _requests.First!.Value.Fail(StatusCodes.BadTooManyPublishRequests, $"More than {Limits.MaxPublishRequestsPerSession} publish requests wait; the oldest is given up.");
                _requests.RemoveFirst();
            }

            _requests.AddLast(request);
            Pump();
            return request;
        }
    }

    /// <summary>Gives up a publish request that its client or channel no longer waits for.</summary>
    public void Abandon(PendingPublish request, StatusCode status, string text)
    {
        lock (_gate)
        {
            _requests.Remove(request);
            request.Fail(status, text);
        }
    }

    public NotificationMessage Republish(uint id, uint sequenceNumber)
    {
        lock (_gate) return Get(id).Republish(sequenceNumber);
    }

    /// <summary>The session has ended, and with it what is not kept.</summary>
    public void Close(bool keepSubscriptions)
    {
        lock (_gate)
        {
            _closed = true;
            _endings.Clear();
            foreach (var subscription in _subscriptions.Values.ToArray())
            {
                if (keepSubscriptions) subscription.Leave(table.NextOrder());
                else Remove(subscription);
            }

            FailRequests(StatusCodes.BadSessionClosed, "The session was closed.");
        }
    }

    private StatusCode Acknowledge(SubscriptionAcknowledgement acknowledgement) =>
        _subscriptions.TryGetValue(acknowledgement.SubscriptionId, out var subscription)
            ? subscription.Acknowledge(acknowledgement.SequenceNumber)
            : StatusCodes.BadSubscriptionIdInvalid;

    private Subscription Get(uint id) => _subscriptions.TryGetValue(id, out var subscription)
        ? subscription
        : throw new UaException(StatusCodes.BadSubscriptionIdInvalid, $"The session has no subscription {id}.");

    private void StartTimer(Subscription subscription)
    {
        var interval = subscription.Settings.PublishingInterval;
        table.IntervalStarted(interval);
        Action tick = () => subscription.Owner.Tick(subscription);
        subscription.Timer = table.Timer.Every(TimeSpan.FromMilliseconds(interval), () => subscription.Enter(tick));
    }

    private void StopTimer(Subscription subscription)
    {
        table.IntervalEnded(subscription.Settings.PublishingInterval);
        subscription.Timer?.Cancel();
    }

    private void Tick(Subscription subscription)
    {
        if (subscription.IsDeleted) return;
        DropExpired();
        if (!subscription.Tick(_requests.Count > 0, table.NextOrder())) End(subscription);
        Pump();
    }

    /// <summary>The lifetime is over: the client learns of it with its next publish request (Part 4, 5.14.1.4).</summary>
    private void End(Subscription subscription)
    {
        Remove(subscription);
        if (!_closed) QueueEnding(subscription, StatusCodes.BadTimeout);
    }

    private void QueueEnding(Subscription subscription, StatusCode status)
    {
        var notification = ExtensionObject.Of(new StatusChangeNotification(status));
        _endings.Enqueue(new(subscription.Id, [], MoreNotifications: false, new NotificationMessage(subscription.NextSequenceNumber, table.Now, [notification])));
        if (_endings.Count > Limits.MaxSubscriptionsPerSession) _endings.Dequeue();
    }

    /// <summary>Answers waiting requests with messages that are due: by priority, among equals the one that waits longest.</summary>
    private void Pump()
    {
        while (_requests.First is { } request)
        {
            if (_endings.TryPeek(out var ending))
            {
                _endings.Dequeue();
                request.Value.Complete(ending);
            }
            else if (MostUrgent() is { } subscription)
            {
                request.Value.Complete(subscription.Publish(table.Now, table.NextOrder()));
            }
            else
            {
                return;
            }

            _requests.RemoveFirst();
        }
    }

    private Subscription? MostUrgent()
    {
        Subscription? best = null;
        foreach (var subscription in _subscriptions.Values)
        {
            if (subscription.WaitingSince == 0) continue;
            if (best is null || subscription.Settings.Priority > best.Settings.Priority
                || (subscription.Settings.Priority == best.Settings.Priority && subscription.WaitingSince < best.WaitingSince))
                best = subscription;
        }

        return best;
    }

    /// <summary>Answers requests whose time is over.</summary>
    private void DropExpired()
    {
        var now = table.Now;
        for (var node = _requests.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.HasExpired(now))
            {
                node.Value.Fail(StatusCodes.BadTimeout, "No message was due within the timeout hint of the request.");
                _requests.Remove(node);
            }

            node = next;
        }
    }

    private void FailRequests(StatusCode status, string text)
    {
        foreach (var request in _requests) request.Fail(status, text);
        _requests.Clear();
    }

    private void Remove(Subscription subscription)
    {
        _subscriptions.Remove(subscription.Id);
        StopTimer(subscription);
        subscription.Delete();
        table.Ended(subscription);
    }

    private static UaException SessionClosed() => new(StatusCodes.BadSessionClosed, "The session is closed.");
}
