namespace Ua.Core.Tests;

/// <summary>The bytes of request and response headers with everything in them (Part 4, 7.33 and 7.34).</summary>
public sealed class Headers
{
    [Fact]
    public void Request_header() => Golden.Structure(
        new RequestHeader(
            AuthenticationToken: new NodeId([0xAA, 0xBB], 0),
            Timestamp: Golden.At(second: 0),
            RequestHandle: 0x01020304,
            ReturnDiagnostics: 0x3FF,
            AuditEntryId: "a1",
            TimeoutHint: 5000,
            AdditionalHeader: ExtensionObject.Of(new AdditionalParametersType([new KeyValuePair(new QualifiedName("k"), true)]))),
        """
            05 00 00 02 00 00 00 AA BB  // AuthenticationToken: opaque, 2 bytes
            80 C0 48 58 28 3D DA 01     // Timestamp: 2024-01-02T03:04:05Z
            04 03 02 01                 // RequestHandle
            FF 03 00 00                 // ReturnDiagnostics: everything
            02 00 00 00 61 31           // AuditEntryId: "a1"
            88 13 00 00                 // TimeoutHint: 5,000 ms
            01 00 81 44 01              // AdditionalHeader: i=17537, binary
            0D 00 00 00                 // length of its body
            01 00 00 00                 // Parameters: 1 element
            00 00 01 00 00 00 6B        // Key: 0:k
            01 01                       // Value: Boolean true
        """);

    [Fact]
    public void Request_header_with_nothing_in_it() => Golden.Structure(
        new RequestHeader(NodeId.Null, DateTime.MinValue, 0),
        """
            00 00                    // AuthenticationToken: null
            00 00 00 00 00 00 00 00  // Timestamp: none
            00 00 00 00              // RequestHandle
            00 00 00 00              // ReturnDiagnostics
            FF FF FF FF              // AuditEntryId: null
            00 00 00 00              // TimeoutHint
            00 00 00                 // AdditionalHeader: null
        """);

    [Fact]
    public void Response_header() => Golden.Structure(
        new ResponseHeader(
            Timestamp: Golden.At(second: 1),
            RequestHandle: 0x01020304,
            ServiceResult: StatusCodes.BadDecodingError,
            ServiceDiagnostics: new DiagnosticInfo(SymbolicId: 1, LocalizedText: 0),
            StringTable: ["text", null],
            AdditionalHeader: new ExtensionObject(new NodeId(7, 1), ExtensionObjectEncoding.Binary, [0xAB])),
        """
            00 57 E1 58 28 3D DA 01     // Timestamp: one second later
            04 03 02 01                 // RequestHandle
            00 00 07 80                 // ServiceResult: Bad_DecodingError
            05                          // ServiceDiagnostics: symbolic id and text
            01 00 00 00                 // SymbolicId: second entry of the table
            00 00 00 00                 // LocalizedText: first entry
            02 00 00 00                 // StringTable: 2 elements
            04 00 00 00 74 65 78 74     // "text"
            FF FF FF FF                 // null
            01 01 07 00 01              // AdditionalHeader: ns=1;i=7, binary
            01 00 00 00 AB              // its body
        """);

    [Fact]
    public void A_response_header_explains_itself_by_its_diagnostics()
    {
        var header = new ResponseHeader(Golden.At(0), 1, StatusCodes.BadDecodingError, new DiagnosticInfo(LocalizedText: 0), ["What was wrong."]);
        header.ToException().Message.ShouldBe("What was wrong.");
        (header with { ServiceDiagnostics = null }).ToException().Message.ShouldBe("BadDecodingError");
    }
}
