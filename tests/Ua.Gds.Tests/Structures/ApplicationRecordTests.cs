using Ua.Core;

namespace Ua.Gds.Tests.Structures;

/// <summary>The bytes of ApplicationRecordDataType (Part 12, 6.5.5).</summary>
public sealed class ApplicationRecordTests
{
    private const string Bytes =
        "01 02 07 00" // ApplicationId: ns=2;i=7
        + "05 00 00 00 75 72 6E 3A 61" // ApplicationUri: "urn:a"
        + "02 00 00 00" // ApplicationType: ClientAndServer
        + "02 00 00 00" // ApplicationNames: 2 elements
        + "03 02 00 00 00 65 6E 01 00 00 00 41" // "A" in en
        + "02 01 00 00 00 42" // "B" without a locale
        + "05 00 00 00 75 72 6E 3A 70" // ProductUri: "urn:p"
        + "01 00 00 00 11 00 00 00 6F 70 63 2E 74 63 70 3A 2F 2F 68 3A 34 38 34 30 2F" // DiscoveryUrls: "opc.tcp://h:4840/"
        + "02 00 00 00 02 00 00 00 44 41 03 00 00 00 52 43 50"; // ServerCapabilities: "DA", "RCP"

    private static readonly ApplicationRecord s_record = new(
        new NodeId(7, 2),
        "urn:a",
        ApplicationType.ClientAndServer,
        [new LocalizedText("en", "A"), new LocalizedText("B")],
        "urn:p",
        ["opc.tcp://h:4840/"],
        ["DA", "RCP"]);

    [Fact]
    public void A_record_has_its_fields_in_the_order_of_the_specification()
    {
        var bytes = Convert.FromHexString(Bytes.Replace(" ", ""));
        UaWriter.ToBytes(s_record).ShouldBe(bytes);
        UaWriter.ToBytes(UaReader.FromBytes<ApplicationRecord>(bytes)).ShouldBe(bytes);
    }

    [Fact]
    public void Every_truncation_of_a_record_is_malformed()
    {
        var bytes = UaWriter.ToBytes(s_record);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<UaException>(() => UaReader.FromBytes<ApplicationRecord>(cut)).StatusCode.ShouldBe(StatusCodes.BadDecodingError);
        }
    }

    [Fact]
    public void A_record_is_wrapped_under_the_encoding_id_of_the_namespace_index()
    {
        var wrapped = s_record.ToExtensionObject(5);
        wrapped.TypeId.ShouldBe(new NodeId(134, 5));
        ApplicationRecord.TryFrom(wrapped, 5, out var record).ShouldBeTrue();
        record!.ApplicationUri.ShouldBe("urn:a");
        ApplicationRecord.TryFrom(wrapped, 2, out _).ShouldBeFalse();
        ApplicationRecord.TryFrom(null, 5, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_record_with_null_arrays_reads_as_one_with_empty_arrays()
    {
        var bytes = Convert.FromHexString("0000" + "FFFFFFFF" + "00000000" + "FFFFFFFF" + "FFFFFFFF" + "FFFFFFFF" + "FFFFFFFF");
        var record = UaReader.FromBytes<ApplicationRecord>(bytes);
        record.ApplicationNames.ShouldBeEmpty();
        record.DiscoveryUrls.ShouldBeEmpty();
        record.ServerCapabilities.ShouldBeEmpty();
    }
}
