namespace Ua.Core.Tests;

/// <summary>From a message body to the request or response that its encoding id names.</summary>
public sealed class Dispatch
{
    /// <summary>Every request id of the specification that has no service here: AddNodes, AddReferences, DeleteNodes, DeleteReferences, QueryFirst, QueryNext, HistoryRead, HistoryUpdate.</summary>
    [Theory]
    [InlineData(488)]
    [InlineData(494)]
    [InlineData(500)]
    [InlineData(506)]
    [InlineData(615)]
    [InlineData(621)]
    [InlineData(664)]
    [InlineData(700)]
    [InlineData(65000)]
    public void An_unknown_service_is_unsupported_and_its_header_is_known(uint encodingId)
    {
        var decoded = ServiceMessages.ReadRequest(Body(new NodeId(encodingId), Golden.RequestHeader));
        decoded.Request.ShouldBeNull();
        decoded.Failure!.StatusCode.ShouldBe(StatusCodes.BadServiceUnsupported);
        decoded.Header.ShouldBe(Golden.RequestHeader with { AdditionalHeader = ExtensionObject.Null });
        var fault = decoded.FaultAt(Golden.At(0));
        fault.Header.RequestHandle.ShouldBe(Golden.RequestHeader.RequestHandle);
        fault.Header.ServiceResult.ShouldBe(StatusCodes.BadServiceUnsupported);
    }

    [Fact]
    public void An_id_of_another_namespace_or_kind_is_unsupported()
    {
        foreach (var id in new[] { new NodeId(631, 1), new NodeId("631", 0), NodeId.Null })
            ServiceMessages.ReadRequest(Body(id, Golden.RequestHeader)).Failure!.StatusCode.ShouldBe(StatusCodes.BadServiceUnsupported);
    }

    [Fact]
    public void A_response_id_is_no_request() =>
        ServiceMessages.ReadRequest(Body(new NodeId(634), Golden.RequestHeader)).Failure!.StatusCode.ShouldBe(StatusCodes.BadServiceUnsupported);

    [Fact]
    public void A_request_cut_off_after_its_header_keeps_the_handle()
    {
        var decoded = ServiceMessages.ReadRequest(Body(new NodeId(631), Golden.RequestHeader));
        decoded.Failure!.StatusCode.ShouldBe(StatusCodes.BadDecodingError);
        decoded.FaultAt(Golden.At(0)).Header.RequestHandle.ShouldBe(77u);
    }

    [Fact]
    public void A_request_cut_off_in_its_header_has_no_handle()
    {
        var decoded = ServiceMessages.ReadRequest(Body(new NodeId(631), Golden.RequestHeader).AsSpan(0, 10));
        decoded.Header.ShouldBeNull();
        decoded.FaultAt(Golden.At(0)).Header.RequestHandle.ShouldBe(0u);
    }

    [Fact]
    public void Bytes_after_the_end_of_a_request_are_malformed()
    {
        byte[] body = [.. ServiceMessages.ToBytes(new CloseSessionRequest(Golden.RequestHeader, true)), 0];
        ServiceMessages.ReadRequest(body).Failure!.StatusCode.ShouldBe(StatusCodes.BadDecodingError);
    }

    [Fact]
    public void A_decoded_request_has_no_fault()
    {
        var decoded = ServiceMessages.ReadRequest(ServiceMessages.ToBytes(new CloseSessionRequest(Golden.RequestHeader, true)));
        Should.Throw<InvalidOperationException>(() => decoded.FaultAt(Golden.At(0)));
    }

    [Fact]
    public void Service_fault() => Golden.Structure(
        new ServiceFault(Golden.ResponseHeader with { ServiceResult = StatusCodes.BadSessionIdInvalid }),
        """
        80 C0 48 58 28 3D DA 01           // Timestamp
        4D 00 00 00                       // RequestHandle
        00 00 25 80                       // ServiceResult: Bad_SessionIdInvalid
        00                                // ServiceDiagnostics
        01 00 00 00 03 00 00 00 6F 6E 65  // StringTable
        00 00 00                          // AdditionalHeader
        """);

    [Fact]
    public void A_fault_is_raised_with_its_status_and_text()
    {
        var fault = ServiceFault.Of(new UaException(StatusCodes.BadSessionIdInvalid, "No such session."), 77, Golden.At(0));
        var error = Should.Throw<UaException>(() => ServiceMessages.ReadResponse<ReadResponse>(ServiceMessages.ToBytes(fault)));
        error.StatusCode.ShouldBe(StatusCodes.BadSessionIdInvalid);
        error.Message.ShouldBe("No such session.");
    }

    [Fact]
    public void A_fault_that_is_not_bad_is_no_answer()
    {
        var fault = new ServiceFault(Golden.ResponseHeader);
        Should.Throw<UaException>(() => ServiceMessages.ReadResponse<ReadResponse>(ServiceMessages.ToBytes(fault)))
            .StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);
    }

    [Fact]
    public void A_response_with_a_bad_service_result_is_raised_like_a_fault()
    {
        var response = new CloseSessionResponse(Golden.ResponseHeader with { ServiceResult = StatusCodes.BadSessionClosed });
        Should.Throw<UaException>(() => ServiceMessages.ReadResponse<CloseSessionResponse>(ServiceMessages.ToBytes(response)))
            .StatusCode.ShouldBe(StatusCodes.BadSessionClosed);
    }

    [Fact]
    public void Another_response_than_the_expected_is_refused() =>
        Should.Throw<UaException>(() => ServiceMessages.ReadResponse<ReadResponse>(ServiceMessages.ToBytes(new CloseSessionResponse(Golden.ResponseHeader))))
            .StatusCode.ShouldBe(StatusCodes.BadUnknownResponse);

    private static byte[] Body(NodeId encodingId, RequestHeader header) =>
        [.. Golden.Written(encodingId, (ref w, v) => w.NodeId(v)), .. UaWriter.ToBytes(header)];
}
