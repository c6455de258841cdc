using Ua.Core;

namespace Ua.Server.Services;

/// <summary>Answers a request; fails with <see cref="UaException"/> where the whole service does.</summary>
internal delegate ValueTask<IServiceResponse> ServiceHandler(IServiceRequest request, ServiceCall call, CancellationToken cancellationToken);

/// <summary>How requests of one kind are answered.</summary>
/// <param name="RequestId">The encoding id of the request.</param>
/// <param name="NeedsSession">True where only an activated session may ask.</param>
/// <param name="MayTakeLong">True where the request can be cancelled, and ends with its timeout hint.</param>
/// <param name="Handler">What answers.</param>
internal sealed record ServiceRoute(uint RequestId, bool NeedsSession, bool MayTakeLong, ServiceHandler Handler)
{
    /// <summary>True where the handler ends with the timeout hint by itself.</summary>
    public bool MindsItsTimeout { get; init; }

    /// <summary>A service that needs no session.</summary>
    public static ServiceRoute Open<TRequest>(Func<TRequest, ServiceCall, CancellationToken, ValueTask<IServiceResponse>> handler)
        where TRequest : IServiceRequest, IUaEncodable<TRequest> =>
        new(TRequest.BinaryEncodingId, NeedsSession: false, MayTakeLong: false, (r, call, ct) => handler((TRequest)r, call, ct));

    /// <summary>A service of a session that answers at once.</summary>
    public static ServiceRoute Quick<TRequest>(Func<TRequest, ServiceCall, IServiceResponse> handler)
        where TRequest : IServiceRequest, IUaEncodable<TRequest> =>
        new(TRequest.BinaryEncodingId, NeedsSession: true, MayTakeLong: false, (r, call, _) => new(handler((TRequest)r, call)));

    /// <summary>A service of a session that waits for news, and minds its timeout itself.</summary>
    public static ServiceRoute Waiting<TRequest>(Func<TRequest, ServiceCall, CancellationToken, ValueTask<IServiceResponse>> handler)
        where TRequest : IServiceRequest, IUaEncodable<TRequest> => Long(handler) with { MindsItsTimeout = true };

    /// <summary>A service of a session that runs code of the application.</summary>
    public static ServiceRoute Long<TRequest>(Func<TRequest, ServiceCall, CancellationToken, ValueTask<IServiceResponse>> handler)
        where TRequest : IServiceRequest, IUaEncodable<TRequest> =>
        new(TRequest.BinaryEncodingId, NeedsSession: true, MayTakeLong: true, (r, call, ct) => handler((TRequest)r, call, ct));
}

/// <summary>The services of one service set.</summary>
internal interface IServiceSet
{
    IEnumerable<ServiceRoute> Routes { get; }
}
