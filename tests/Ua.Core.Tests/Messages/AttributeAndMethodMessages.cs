namespace Ua.Core.Tests;

/// <summary>The bytes of read, write and call messages, field by field.</summary>
public sealed class AttributeAndMethodMessages
{
    [Fact]
    public void Read_request() => Golden.Request(
        new ReadRequest(
            Header: Golden.RequestHeader,
            MaxAge: 1.5,
            TimestampsToReturn: TimestampsToReturn.Neither,
            NodesToRead: [new ReadValueId(
                NodeId: new NodeId(2, 1),
                AttributeId: 0x01020303,
                IndexRange: "IR4",
                DataEncoding: new QualifiedName("Q5", 1))]),
        """
            01 00 77 02  // i=631, the binary encoding of ReadRequest
            {RequestHeader}
            00 00 00 00 00 00 F8 3F  // MaxAge: 1.5
            03 00 00 00  // TimestampsToReturn: Neither
            01 00 00 00  // NodesToRead: 1 element
            01 01 02 00  // NodeId: ns=1;i=2
            03 03 02 01  // AttributeId: 0x01020303
            03 00 00 00 49 52 34  // IndexRange: "IR4"
            01 00 02 00 00 00 51 35  // DataEncoding: 1:Q5
        """);

    [Fact]
    public void Read_response() => Golden.Response(
        new ReadResponse(
            Header: Golden.ResponseHeader,
            Results: [new DataValue((byte)1, StatusCodes.Uncertain)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)]),
        """
            01 00 7A 02  // i=634, the binary encoding of ReadResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            03 03 01 00 00 00 40  // Results: Byte 1, Uncertain
            01 00 00 00  // DiagnosticInfos: 1 element
            01 02 00 00 00  // DiagnosticInfos: symbolic id 2
        """);

    [Fact]
    public void Write_request() => Golden.Request(
        new WriteRequest(
            Header: Golden.RequestHeader,
            NodesToWrite: [new WriteValue(
                NodeId: new NodeId(1, 1),
                AttributeId: 0x01020302,
                IndexRange: "IR3",
                Value: new DataValue((byte)4, StatusCodes.Uncertain))]),
        """
            01 00 A1 02  // i=673, the binary encoding of WriteRequest
            {RequestHeader}
            01 00 00 00  // NodesToWrite: 1 element
            01 01 01 00  // NodeId: ns=1;i=1
            02 03 02 01  // AttributeId: 0x01020302
            03 00 00 00 49 52 33  // IndexRange: "IR3"
            03 03 04 00 00 00 40  // Value: Byte 4, Uncertain
        """);

    [Fact]
    public void Write_response() => Golden.Response(
        new WriteResponse(
            Header: Golden.ResponseHeader,
            Results: [new StatusCode(0x80020000)],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 2)]),
        """
            01 00 A4 02  // i=676, the binary encoding of WriteResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // Results: 0x80020000
            01 00 00 00  // DiagnosticInfos: 1 element
            01 02 00 00 00  // DiagnosticInfos: symbolic id 2
        """);

    [Fact]
    public void Call_request() => Golden.Request(
        new CallRequest(
            Header: Golden.RequestHeader,
            MethodsToCall: [new CallMethodRequest(
                ObjectId: new NodeId(1, 1),
                MethodId: new NodeId(2, 1),
                InputArguments: [0x0A0B0C03u])]),
        """
            01 00 C8 02  // i=712, the binary encoding of CallRequest
            {RequestHeader}
            01 00 00 00  // MethodsToCall: 1 element
            01 01 01 00  // ObjectId: ns=1;i=1
            01 01 02 00  // MethodId: ns=1;i=2
            01 00 00 00  // MethodsToCall.InputArguments: 1 element
            07 03 0C 0B 0A  // InputArguments: UInt32 0x0A0B0C03
        """);

    [Fact]
    public void Call_response() => Golden.Response(
        new CallResponse(
            Header: Golden.ResponseHeader,
            Results: [new CallMethodResult(
                StatusCode: new StatusCode(0x80020000),
                InputArgumentResults: [new StatusCode(0x80030000)],
                InputArgumentDiagnosticInfos: [new DiagnosticInfo(SymbolicId: 3)],
                OutputArguments: [0x0A0B0C04u])],
            DiagnosticInfos: [new DiagnosticInfo(SymbolicId: 5)]),
        """
            01 00 CB 02  // i=715, the binary encoding of CallResponse
            {ResponseHeader}
            01 00 00 00  // Results: 1 element
            00 00 02 80  // StatusCode: 0x80020000
            01 00 00 00  // Results.InputArgumentResults: 1 element
            00 00 03 80  // InputArgumentResults: 0x80030000
            01 00 00 00  // Results.InputArgumentDiagnosticInfos: 1 element
            01 03 00 00 00  // InputArgumentDiagnosticInfos: symbolic id 3
            01 00 00 00  // Results.OutputArguments: 1 element
            07 04 0C 0B 0A  // OutputArguments: UInt32 0x0A0B0C04
            01 00 00 00  // DiagnosticInfos: 1 element
            01 05 00 00 00  // DiagnosticInfos: symbolic id 5
        """);
}
