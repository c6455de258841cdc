namespace Ua.Core.Tests.BuiltIn;

/// <summary>The bytes of DataValue, DiagnosticInfo and ExtensionObject (Part 6, 5.2.2.12 to 5.2.2.17).</summary>
public sealed class Wrappers
{
    [Fact]
    public void A_data_value_names_its_parts_in_a_mask()
    {
        Check(new DataValue(Variant.Null), "00");
        Check(new DataValue((byte)7), "01  03 07");
        Check(DataValue.Bad(StatusCodes.BadDecodingError), "02  00 00 07 80");
        Check(new DataValue(Variant.Null, SourceTimestamp: Golden.At(0)), "04  80 C0 48 58 28 3D DA 01");
        Check(new DataValue(Variant.Null, ServerTimestamp: Golden.At(0)), "08  80 C0 48 58 28 3D DA 01");
        Check(
            new DataValue((byte)7, StatusCodes.Uncertain, Golden.At(0), 10, Golden.At(1), 20),
            """
            3F                       // everything
            03 07                    // Value
            00 00 00 40              // Status
            80 C0 48 58 28 3D DA 01  // SourceTimestamp
            0A 00                    // SourcePicoseconds
            00 57 E1 58 28 3D DA 01  // ServerTimestamp
            14 00                    // ServerPicoseconds
            """);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("80")]
    public void A_data_value_with_unknown_bits_is_malformed(string bytes) =>
        Golden.Fails(bytes, StatusCodes.BadDecodingError, (ref r) => r.DataValue());

    [Fact]
    public void Diagnostics_name_their_parts_in_a_mask_and_have_the_locale_before_the_text()
    {
        Check(new DiagnosticInfo(), "00");
        Check(new DiagnosticInfo(SymbolicId: 1), "01  01 00 00 00");
        Check(new DiagnosticInfo(NamespaceUri: 2), "02  02 00 00 00");
        Check(new DiagnosticInfo(LocalizedText: 4), "04  04 00 00 00");
        Check(new DiagnosticInfo(Locale: 3), "08  03 00 00 00");
        Check(new DiagnosticInfo(AdditionalInfo: "x"), "10  01 00 00 00 78");
        Check(new DiagnosticInfo(InnerStatusCode: StatusCodes.BadDecodingError), "20  00 00 07 80");
        Check(
            new DiagnosticInfo(1, 2, 3, 4, "x", StatusCodes.BadDecodingError, new DiagnosticInfo(SymbolicId: 9, InnerDiagnosticInfo: new DiagnosticInfo(Locale: 8))),
            """
            7F              // everything
            01 00 00 00     // SymbolicId
            02 00 00 00     // NamespaceUri
            03 00 00 00     // Locale
            04 00 00 00     // LocalizedText
            01 00 00 00 78  // AdditionalInfo
            00 00 07 80     // InnerStatusCode
            41 09 00 00 00  // InnerDiagnosticInfo: symbolic id and another
            08 08 00 00 00  // which has a locale
            """);
    }

    [Fact]
    public void Diagnostics_with_an_unknown_bit_are_malformed() =>
        Golden.Fails("80", StatusCodes.BadDecodingError, (ref r) => r.DiagnosticInfo());

    [Fact]
    public void Diagnostics_find_their_text_in_the_string_table()
    {
        string?[] table = ["BadThing", "It was bad."];
        new DiagnosticInfo(SymbolicId: 0, LocalizedText: 1, AdditionalInfo: "more").TextFrom(table).ShouldBe("more");
        new DiagnosticInfo(SymbolicId: 0, LocalizedText: 1).TextFrom(table).ShouldBe("It was bad.");
        new DiagnosticInfo(SymbolicId: 0, LocalizedText: 2).TextFrom(table).ShouldBe("BadThing");
        new DiagnosticInfo(SymbolicId: -1).TextFrom(table).ShouldBeNull();
        new DiagnosticInfo(SymbolicId: 0).TextFrom(null).ShouldBeNull();
    }

    [Fact]
    public void An_extension_object_has_no_body_or_a_binary_or_an_XML_one()
    {
        Check(ExtensionObject.Null, "00 00 00");
        Check(new ExtensionObject(new NodeId(297), ExtensionObjectEncoding.None, null), "01 00 29 01  00");
        Check(
            new ExtensionObject(new NodeId(321), ExtensionObjectEncoding.Binary, [1, 0, 0, 0, 0x61]),
            """
            01 00 41 01     // type id i=321
            01              // binary
            05 00 00 00     // length of the body
            01 00 00 00 61  // body
            """);
        Check(new ExtensionObject(new NodeId(320), ExtensionObjectEncoding.Xml, "<a/>"u8.ToArray()), "01 00 40 01  02  04 00 00 00 3C 61 2F 3E");
        Check(new ExtensionObject(new NodeId("MyType", 9), ExtensionObjectEncoding.Binary, [0xAB]), "03 09 00 06 00 00 00 4D 79 54 79 70 65  01  01 00 00 00 AB");
    }

    [Fact]
    public void An_extension_object_of_no_known_encoding_is_malformed() =>
        Golden.Fails("00 00 03", StatusCodes.BadDecodingError, (ref r) => r.ExtensionObject());

    [Fact]
    public void A_body_is_decoded_only_as_the_type_that_its_id_names()
    {
        var wrapped = ExtensionObject.Of(new AnonymousIdentityToken("a"));
        wrapped.TryDecode<UserNameIdentityToken>(out _).ShouldBeFalse();
        wrapped.TryDecode<AnonymousIdentityToken>(out var token).ShouldBeTrue();
        token!.PolicyId.ShouldBe("a");
    }

    [Fact]
    public void A_body_with_bytes_left_over_is_malformed()
    {
        var padded = new ExtensionObject(new NodeId(321), ExtensionObjectEncoding.Binary, [1, 0, 0, 0, 0x61, 0]);
        Should.Throw<UaException>(() => padded.TryDecode<AnonymousIdentityToken>(out _)).StatusCode.ShouldBe(StatusCodes.BadDecodingError);
    }

    private static void Check(DataValue value, string bytes) =>
        Golden.Value(value, bytes, (ref w, v) => w.DataValue(v), (ref r) => r.DataValue());

    private static void Check(DiagnosticInfo value, string bytes) =>
        Golden.Value(value, bytes, (ref w, v) => w.DiagnosticInfo(v), (ref r) => r.DiagnosticInfo());

    private static void Check(ExtensionObject value, string bytes) =>
        Golden.Value(value, bytes, (ref w, v) => w.ExtensionObject(v), (ref r) => r.ExtensionObject());
}
