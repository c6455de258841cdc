namespace Ua.Core;

/// <summary>
/// What came of decoding a request: the request itself, or the reason why there is none together with whatever of the
/// header could be read, so that a ServiceFault can still name the request it answers.
/// </summary>
public sealed record DecodedRequest(IServiceRequest? Request, RequestHeader? Header, UaException? Failure)
{
    /// <summary>The fault that answers a request that could not be decoded.</summary>
    /// <exception cref="InvalidOperationException">The request was decoded.</exception>
    public ServiceFault FaultAt(DateTime now) => Failure is null
        ? throw new InvalidOperationException("A request that was decoded has no fault.")
        : ServiceFault.Of(Failure, Header?.RequestHandle ?? 0, now);
}
