namespace Ua.Core;

/// <summary>A request or response as the body of a message: the NodeId of its encoding, then its fields.</summary>
public interface IServiceMessage
{
    /// <summary>The numeric id of the binary encoding in namespace 0.</summary>
    uint EncodingId { get; }

    void Write(ref UaWriter w);
}

/// <summary>A request of any service.</summary>
public interface IServiceRequest : IServiceMessage
{
    RequestHeader Header { get; }

    /// <summary>The same request under another header, as the session that sends it fills it in.</summary>
    IServiceRequest With(RequestHeader header);
}

/// <summary>A response of any service, ServiceFault included.</summary>
public interface IServiceResponse : IServiceMessage
{
    ResponseHeader Header { get; }
}

/// <summary>A request that knows its response, so that a client call is typed by its argument.</summary>
public interface IServiceRequest<TSelf, TResponse> : IServiceRequest, IUaEncodable<TSelf>
    where TSelf : IServiceRequest<TSelf, TResponse>
    where TResponse : IServiceResponse<TResponse>
{
    uint IServiceMessage.EncodingId => TSelf.BinaryEncodingId;
}

public interface IServiceResponse<TSelf> : IServiceResponse, IUaEncodable<TSelf>
    where TSelf : IServiceResponse<TSelf>
{
    uint IServiceMessage.EncodingId => TSelf.BinaryEncodingId;
}
