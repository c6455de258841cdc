using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <content>Subscriptions that change their session (Part 4, 5.14.7).</content>
internal sealed partial class SessionSubscriptions
{
    /// <summary>Two gates are entered in this order.</summary>
    private readonly long _order = table.NextOrder();

    private bool IsFull => _subscriptions.Count >= Limits.MaxSubscriptionsPerSession;

    /// <summary>Takes a subscription over from the session that has it, or had it when it ended.</summary>
    public TransferResult TakeOver(uint id, bool sendInitialValues)
    {
        while (true)
        {
            if (table.Find(id) is not { } subscription) return Refused(StatusCodes.BadSubscriptionIdInvalid);
            var from = subscription.Owner;
            if (from == this) return Refused(StatusCodes.BadNothingToDo);
            var (first, second) = from._order < _order ? (from, this) : (this, from);
            lock (first._gate)
            {
                lock (second._gate)
                {
                    if (subscription.Owner == from) return TakeOver(subscription, from, sendInitialValues);
                }
            }
        }
    }

    /// <summary>Ends a subscription that no session has any more; false where one has it again, or it has ended.</summary>
    public bool TryDiscard(Subscription subscription)
    {
        lock (_gate)
        {
            if (subscription.Owner != this || subscription.IsDeleted || !_closed) return false;
            Remove(subscription);
            return true;
        }
    }

    private TransferResult TakeOver(Subscription subscription, SessionSubscriptions from, bool sendInitialValues)
    {
        if (subscription.IsDeleted) return Refused(StatusCodes.BadSubscriptionIdInvalid);
        if (_closed) throw SessionClosed();
        subscription.Counts.TransferRequests++;
        if (!TransferRule.Allows(from.Caller, Caller)) return Refused(StatusCodes.BadUserAccessDenied);
        if (IsFull) return Refused(StatusCodes.BadTooManySubscriptions);
        var available = subscription.TransferTo(this, sendInitialValues);
        from._subscriptions.Remove(subscription.Id);
        _subscriptions.Add(subscription.Id, subscription);
        from.Lost(subscription);
        Pump();
        return new TransferResult(StatusCodes.Good, available);
    }

    /// <summary>The client of the old session learns of it with its next publish request.</summary>
    private void Lost(Subscription subscription)
    {
        if (_closed) return;
        QueueEnding(subscription, StatusCodes.GoodSubscriptionTransferred);
        Pump();
        if (_subscriptions.Count == 0) FailRequests(StatusCodes.BadNoSubscription, "The last subscription of the session was transferred to another.");
    }

    private static TransferResult Refused(StatusCode status) => new(status, []);
}
