using Ua.Core;

namespace Ua.Transport;

/// <summary>
/// The door from a secure channel to the services. Requests of one channel are dispatched at once, each on its own;
/// responses go out in the order in which they finish.
/// </summary>
public interface IServiceDispatcher
{
    /// <summary>Answers one request; a failure of the whole service is a ServiceFault, never an exception.</summary>
    Task<IServiceResponse> DispatchAsync(IServerChannel channel, IServiceRequest request, CancellationToken cancellationToken);

    /// <summary>The longest answer that the sender of a request takes, in bytes of its body; what is longer becomes Bad_ResponseTooLarge.</summary>
    int MaxResponseSize(IServiceRequest request) => int.MaxValue;

    /// <summary>Called once for each answer, when it has been sent or cannot be sent any more: for what must not happen before.</summary>
    void Answered(IServiceResponse response)
    {
    }

    /// <summary>Called once when a channel has ended.</summary>
    void ChannelClosed(IServerChannel channel);
}
