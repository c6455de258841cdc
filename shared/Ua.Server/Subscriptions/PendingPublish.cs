using Ua.Core;

namespace Ua.Server.Subscriptions;

/// <summary>A publish request that waits for a message.</summary>
internal sealed class PendingPublish(StatusCode[] acknowledgeResults, DateTime? expires)
{
    private readonly TaskCompletionSource<PublishedMessage> _message = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<PublishedMessage> Message => _message.Task;

    public bool HasExpired(DateTime now) => expires <= now;

    public void Complete(PublishContents contents) => _message.TrySetResult(new(contents, acknowledgeResults));

    public void Fail(StatusCode status, string text) => _message.TrySetException(new UaException(status, text));
}

/// <summary>What answers a publish request.</summary>
internal readonly record struct PublishedMessage(PublishContents Contents, StatusCode[] AcknowledgeResults);
