using System.Buffers;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport.Tests;

/// <summary>What the messages look like on the wire, field by field (Part 6, 6.7 and 7.1).</summary>
public sealed class GoldenBytesTests
{
    [Fact]
    public void HEL_has_its_bytes() => PlainBytes(MessageTypes.Hello, new Hello(0, 65_535, 8192, 0x1000000, 5000, "opc.tcp://h:4840"))
        .ShouldBe(Hex(
            "48454C46 30000000"    // HELF, 48 bytes
            + "00000000"           // ProtocolVersion
            + "FFFF0000"           // ReceiveBufferSize
            + "00200000"           // SendBufferSize
            + "00000001"           // MaxMessageSize
            + "88130000"           // MaxChunkCount
            + "10000000 6F70632E7463703A2F2F683A34383430")); // EndpointUrl

    [Fact]
    public void ACK_has_its_bytes() => PlainBytes(MessageTypes.Acknowledge, new Acknowledge(0, 65_535, 8192, 0, 1))
        .ShouldBe(Hex("41434B46 1C000000 00000000 FFFF0000 00200000 00000000 01000000"));

    [Fact]
    public void ERR_has_its_bytes() => PlainBytes(MessageTypes.Error, new ErrorMessage(StatusCodes.BadTcpMessageTypeInvalid, "no"))
        .ShouldBe(Hex(
            "45525246 12000000"    // ERRF, 18 bytes
            + "00007E80"           // Bad_TcpMessageTypeInvalid
            + "02000000 6E6F"));   // Reason

    [Fact]
    public void RHE_has_its_bytes() => PlainBytes(MessageTypes.ReverseHello, new ReverseHello("urn:s", "opc"))
        .ShouldBe(Hex("52484546 18000000 05000000 75726E3A73 03000000 6F7063"));

    [Fact]
    public void The_messages_of_UA_TCP_survive_a_round_trip()
    {
        RoundTrip(new Hello(1, 2, 3, 4, 5, "url"));
        RoundTrip(new Hello(1, 2, 3, 4, 5, null));
        RoundTrip(new Acknowledge(1, 2, 3, 4, 5));
        RoundTrip(new ErrorMessage(StatusCodes.BadTimeout, "late"));
        RoundTrip(new ReverseHello("urn:s", "opc.tcp://c"));
    }

    [Fact]
    public void OPN_without_security_has_its_bytes()
    {
        var request = new OpenSecureChannelRequest(RequestHeader.Empty with { RequestHandle = 1 }, 0, SecurityTokenRequestType.Issue, MessageSecurityMode.None, null, 3_600_000);
        var conversation = new SecureConversation(SecurityPolicies.None, TimeProvider.System);
        var output = new ArrayBufferWriter<byte>();
        ChunkEncoder.WriteOpen(output, conversation, new Handshake(SecurityPolicies.None, null, null), 1, request, 8192);

        output.WrittenSpan.ToArray().ShouldBe(Hex(
            "4F504E46 84000000"    // OPNF, 132 bytes
            + "00000000"           // SecureChannelId
            + "2F000000 687474703A2F2F6F7063666F756E646174696F6E2E6F72672F55412F5365637572697479506F6C696379234E6F6E65"
            + "FFFFFFFF"           // SenderCertificate
            + "FFFFFFFF"           // ReceiverCertificateThumbprint
            + "01000000"           // SequenceNumber
            + "01000000"           // RequestId
            + "0100BE01"           // i=446
            + "0000 0000000000000000 01000000 00000000 FFFFFFFF 00000000 000000" // RequestHeader
            + "00000000"           // ClientProtocolVersion
            + "00000000"           // RequestType Issue
            + "01000000"           // SecurityMode None
            + "FFFFFFFF"           // ClientNonce
            + "80EE3600"));        // RequestedLifetime
    }

    [Fact]
    public void MSG_is_cut_into_chunks_that_share_a_request_id_and_count_on()
    {
        var conversation = new SecureConversation(SecurityPolicies.None, TimeProvider.System);
        conversation.Agree(0x11223344, MessageSecurityMode.None);
        var keys = SecurityPolicies.None.CreateHandshake().Derive([], ChannelRole.Client, MessageSecurityMode.None, null);
        conversation.Tokens.Adopt(ChannelToken.Create(7, keys, 1000, TimeProvider.System));
        var output = new ArrayBufferWriter<byte>();
        var sizes = new TransportSizes(SendChunkSize: 24 + 20, 8192, 0, 0, 0, 0);
        ChunkEncoder.WriteMessage(output, conversation, sizes, MessageTypes.Message, 9, new ServiceFault(new ResponseHeader(DateTime.MinValue, 3, StatusCodes.BadTimeout)), 1000);

        output.WrittenSpan.ToArray().ShouldBe(Hex(
            "4D534743 2C000000"    // MSGC, 44 bytes
            + "44332211 07000000"  // SecureChannelId, TokenId
            + "01000000 09000000"  // SequenceNumber, RequestId
            + "01008D01"           // i=397
            + "0000000000000000 03000000 00000A80" // Timestamp, RequestHandle, ServiceResult
            + "4D534746 20000000"  // MSGF, 32 bytes
            + "44332211 07000000"
            + "02000000 09000000"
            + "00 FFFFFFFF 000000")); // ServiceDiagnostics, StringTable, AdditionalHeader
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(4_294_966_270u, 4_294_966_271u)]
    [InlineData(4_294_966_271u, 4_294_966_272u)]
    [InlineData(4_294_966_272u, 1u)]
    [InlineData(uint.MaxValue, 1u)]
    public void A_legacy_sequence_wraps_below_1024(uint last, uint next)
    {
        new OutgoingSequence(legacy: true, last).Next().ShouldBe(next);
    }

    [Fact]
    public void A_new_sequence_starts_at_zero_and_wraps_to_zero()
    {
        var sequence = new OutgoingSequence(legacy: false);
        sequence.Next().ShouldBe(0u);
        sequence.Next().ShouldBe(1u);
        new OutgoingSequence(legacy: false, uint.MaxValue).Next().ShouldBe(0u);
        new OutgoingSequence(legacy: false, uint.MaxValue - 1).Next().ShouldBe(uint.MaxValue);
    }

    public static TheoryData<bool, uint[], bool> Sequences => new()
    {
        { true, [1, 2, 3], true },
        { true, [51, 52], true },
        { true, [0, 1], true },
        { true, [uint.MaxValue], false },
        { true, [1, 3], false },
        { true, [1, 1], false },
        { true, [2, 1], false },
        { true, [4_294_966_271, 4_294_966_272, 5, 6], true },
        { true, [4_294_966_271, 4_294_966_272, 1023], true },
        { true, [4_294_966_271, 4_294_966_272, 1024], false },
        { true, [4_294_966_271, 1], false },
        { true, [4_294_966_271, 4_294_966_272, 4_294_966_273, 1], true },
        { false, [0, 1, 2], true },
        { false, [1], false },
        { false, [0, 2], false },
        { false, [0, 0], false },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Numbers_that_do_not_follow_are_refused(bool legacy, uint[] numbers, bool isLegal)
    {
        var sequence = new IncomingSequence(legacy);
        foreach (var number in numbers[..^1]) sequence.Accept(number);
        if (isLegal) sequence.Accept(numbers[^1]);
        else Should.Throw<UaException>(() => sequence.Accept(numbers[^1])).StatusCode.ShouldBe(StatusCodes.BadSecurityChecksFailed);
    }

    private static byte[] PlainBytes<T>(MessageTypes type, T body)
        where T : IUaStructure<T> => ScriptedPeer.Plain(type, body);

    private static void RoundTrip<T>(T value)
        where T : IUaStructure<T> => UaReader.FromBytes<T>(UaWriter.ToBytes(value)).ShouldBe(value);

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
