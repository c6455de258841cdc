using System.Collections.Frozen;

namespace Ua.Core;

/// <summary>Message bodies: the NodeId of an encoding, then the request or response it names (Part 6, 5.2.9).</summary>
public static class ServiceMessages
{
    private delegate IServiceRequest RequestDecoder(ref UaReader r);

    private static readonly FrozenDictionary<uint, RequestDecoder> s_requests = new[]
    {
        Decoder<FindServersRequest>(),
        Decoder<FindServersOnNetworkRequest>(),
        Decoder<GetEndpointsRequest>(),
        Decoder<RegisterServerRequest>(),
        Decoder<RegisterServer2Request>(),
        Decoder<OpenSecureChannelRequest>(),
        Decoder<CloseSecureChannelRequest>(),
        Decoder<CreateSessionRequest>(),
        Decoder<ActivateSessionRequest>(),
        Decoder<CloseSessionRequest>(),
        Decoder<CancelRequest>(),
        Decoder<BrowseRequest>(),
        Decoder<BrowseNextRequest>(),
        Decoder<TranslateBrowsePathsToNodeIdsRequest>(),
        Decoder<RegisterNodesRequest>(),
        Decoder<UnregisterNodesRequest>(),
        Decoder<ReadRequest>(),
        Decoder<WriteRequest>(),
        Decoder<CallRequest>(),
        Decoder<CreateMonitoredItemsRequest>(),
        Decoder<ModifyMonitoredItemsRequest>(),
        Decoder<SetMonitoringModeRequest>(),
        Decoder<SetTriggeringRequest>(),
        Decoder<DeleteMonitoredItemsRequest>(),
        Decoder<CreateSubscriptionRequest>(),
        Decoder<ModifySubscriptionRequest>(),
        Decoder<SetPublishingModeRequest>(),
        Decoder<PublishRequest>(),
        Decoder<RepublishRequest>(),
        Decoder<TransferSubscriptionsRequest>(),
        Decoder<DeleteSubscriptionsRequest>(),
    }.ToFrozenDictionary();

    /// <summary>Writes a request or response as the body of a message.</summary>
    public static void Write(ref UaWriter w, IServiceMessage message)
    {
        w.NodeId(new NodeId(message.EncodingId));
        message.Write(ref w);
    }

    /// <summary>The body of a message as bytes of its own.</summary>
    public static byte[] ToBytes(IServiceMessage message, int maxLength = int.MaxValue)
    {
        var w = new UaWriter(512, maxLength);
        try
        {
            Write(ref w, message);
            return w.ToArray();
        }
        finally
        {
            w.Dispose();
        }
    }

    /// <summary>
    /// Decodes the body of a request message. Never throws: an id that is no request here fails with
    /// Bad_ServiceUnsupported, a malformed body with Bad_DecodingError or Bad_EncodingLimitsExceeded.
    /// </summary>
    public static DecodedRequest ReadRequest(ReadOnlySpan<byte> body, EncodingLimits? limits = null)
    {
        var r = new UaReader(body, limits);
        NodeId encodingId;
        try
        {
            encodingId = r.NodeId();
        }
        catch (UaException e)
        {
            return new(null, null, e);
        }

        var afterId = r;
        try
        {
            if (encodingId.NamespaceIndex != 0 || !s_requests.TryGetValue(encodingId.Numeric, out var decode))
                throw new UaException(StatusCodes.BadServiceUnsupported, $"No service here is requested by the encoding id {encodingId}.");
            var request = decode(ref r);
            r.ExpectEnd();
            return new(request, request.Header, null);
        }
        catch (UaException e)
        {
            return new(null, HeaderOrNull(afterId), e);
        }
    }

    /// <summary>Decodes the body of the response message to a request that TResponse answers.</summary>
    /// <exception cref="UaException">
    /// The service result where it is bad; Bad_UnknownResponse where the body is another message; Bad_DecodingError or
    /// Bad_EncodingLimitsExceeded where it is malformed.
    /// </exception>
    public static TResponse ReadResponse<TResponse>(ReadOnlySpan<byte> body, EncodingLimits? limits = null)
        where TResponse : IServiceResponse<TResponse>
    {
        var r = new UaReader(body, limits);
        var encodingId = r.NodeId();
        if (encodingId == new NodeId(ServiceFault.BinaryEncodingId)) throw ErrorOf(ServiceFault.Read(ref r));
        if (encodingId != new NodeId(TResponse.BinaryEncodingId))
            throw new UaException(StatusCodes.BadUnknownResponse, $"A {typeof(TResponse).Name} was expected; the encoding id is {encodingId}.");
        var response = TResponse.Read(ref r);
        r.ExpectEnd();
        return response.Header.ServiceResult.IsBad ? throw response.Header.ToException() : response;
    }

    private static UaException ErrorOf(ServiceFault fault) => fault.Header.ServiceResult.IsBad
        ? fault.ToException()
        : new UaException(StatusCodes.BadUnknownResponse, $"A ServiceFault carries the service result {fault.Header.ServiceResult}.");

    private static RequestHeader? HeaderOrNull(UaReader r)
    {
        try
        {
            return r.Structure<RequestHeader>();
        }
        catch (UaException)
        {
            // The failure of the whole request is reported already; there is only no handle to name.
            return null;
        }
    }

    private static KeyValuePair<uint, RequestDecoder> Decoder<TRequest>()
        where TRequest : class, IServiceRequest, IUaEncodable<TRequest> =>
        new(TRequest.BinaryEncodingId, static (ref UaReader r) => TRequest.Read(ref r));
}
