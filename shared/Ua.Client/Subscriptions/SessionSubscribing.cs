namespace Ua.Client;

/// <summary>Subscriptions of a session (Part 4, 5.14).</summary>
public static class SessionSubscribing
{
    /// <exception cref="Core.UaException">The server's status where it refuses.</exception>
    public static Task<Subscription> SubscribeAsync(this UaSession session, SubscriptionOptions? options = null, CancellationToken cancellationToken = default) =>
        session.Subscriptions.CreateAsync(options ?? new SubscriptionOptions(), cancellationToken);
}
