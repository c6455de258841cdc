namespace Ua.Core.Tests.BuiltIn;

/// <summary>The bytes of numbers, times and texts (Part 6, 5.2.2.1 to 5.2.2.8).</summary>
public sealed class NumbersAndTexts
{
    [Fact]
    public void Boolean()
    {
        Golden.Value(true, "01", (ref w, v) => w.Boolean(v), (ref r) => r.Boolean());
        Golden.Value(false, "00", (ref w, v) => w.Boolean(v), (ref r) => r.Boolean());
        Golden.Decodes("FF", true, (ref r) => r.Boolean());
    }

    [Fact]
    public void Integers_are_little_endian()
    {
        Golden.Value((sbyte)-2, "FE", (ref w, v) => w.SByte(v), (ref r) => r.SByte());
        Golden.Value((byte)0xFE, "FE", (ref w, v) => w.Byte(v), (ref r) => r.Byte());
        Golden.Value((short)-2, "FE FF", (ref w, v) => w.Int16(v), (ref r) => r.Int16());
        Golden.Value((ushort)0x0102, "02 01", (ref w, v) => w.UInt16(v), (ref r) => r.UInt16());
        Golden.Value(1_000_000_000, "00 CA 9A 3B", (ref w, v) => w.Int32(v), (ref r) => r.Int32());
        Golden.Value(0x01020304u, "04 03 02 01", (ref w, v) => w.UInt32(v), (ref r) => r.UInt32());
        Golden.Value(-2L, "FE FF FF FF FF FF FF FF", (ref w, v) => w.Int64(v), (ref r) => r.Int64());
        Golden.Value(0x0102030405060708ul, "08 07 06 05 04 03 02 01", (ref w, v) => w.UInt64(v), (ref r) => r.UInt64());
    }

    [Fact]
    public void Floating_point_is_IEEE_754()
    {
        Golden.Value(-6.5f, "00 00 D0 C0", (ref w, v) => w.Float(v), (ref r) => r.Float());
        Golden.Value(-6.5, "00 00 00 00 00 00 1A C0", (ref w, v) => w.Double(v), (ref r) => r.Double());
        Golden.Value(double.PositiveInfinity, "00 00 00 00 00 00 F0 7F", (ref w, v) => w.Double(v), (ref r) => r.Double());
        Golden.Value(double.NaN, "00 00 00 00 00 00 F8 FF", (ref w, v) => w.Double(v), (ref r) => r.Double());
    }

    [Fact]
    public void A_string_is_UTF8_with_its_length_in_bytes_and_null_is_not_empty()
    {
        // The example of Part 6, 5.2.2.4.
        Golden.Value("水Boy", "06 00 00 00 E6 B0 B4 42 6F 79", (ref w, v) => w.String(v), (ref r) => r.String());
        Golden.Value("", "00 00 00 00", (ref w, v) => w.String(v), (ref r) => r.String());
        Golden.Value(null, "FF FF FF FF", (ref w, v) => w.String(v), (ref r) => r.String());
    }

    [Fact]
    public void A_string_that_is_not_UTF8_is_malformed() =>
        Golden.Fails("02 00 00 00 C3 28", StatusCodes.BadDecodingError, (ref r) => r.String());

    [Fact]
    public void A_length_below_minus_one_is_malformed()
    {
        Golden.Fails("FE FF FF FF", StatusCodes.BadDecodingError, (ref r) => r.String());
        Golden.Fails("00 00 00 80", StatusCodes.BadDecodingError, (ref r) => r.ByteString());
        Golden.Fails("FE FF FF FF", StatusCodes.BadDecodingError, (ref r) => r.UInt32Array());
    }

    [Fact]
    public void A_time_counts_100_ns_from_1601()
    {
        Golden.Value(
            new DateTime(1601, 1, 1, 0, 0, 1, DateTimeKind.Utc), "80 96 98 00 00 00 00 00  // 10,000,000 ticks", (ref w, v) => w.DateTime(v), (ref r) => r.DateTime());
        Golden.Value(Golden.At(second: 0), "80 C0 48 58 28 3D DA 01", (ref w, v) => w.DateTime(v), (ref r) => r.DateTime());
    }

    [Fact]
    public void A_time_at_either_end_is_the_smallest_or_largest()
    {
        Golden.Value(DateTime.MinValue, "00 00 00 00 00 00 00 00", (ref w, v) => w.DateTime(v), (ref r) => r.DateTime());
        Golden.Value(DateTime.MaxValue, "FF FF FF FF FF FF FF 7F", (ref w, v) => w.DateTime(v), (ref r) => r.DateTime());
        Golden.Decodes("FF FF FF FF FF FF FF FF", DateTime.MinValue, (ref r) => r.DateTime());
        Golden.Decodes("00 00 00 00 00 00 00 7F", DateTime.MaxValue, (ref r) => r.DateTime());
    }

    [Fact]
    public void A_local_time_is_written_as_UTC()
    {
        var utc = Golden.At(second: 0);
        Golden.Written(utc.ToLocalTime(), (ref w, v) => w.DateTime(v)).ShouldBe(Golden.Written(utc, (ref w, v) => w.DateTime(v)));
        Golden.Read(Golden.Bytes("80 C0 48 58 28 3D DA 01"), (ref r) => r.DateTime()).Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public void A_Guid_has_its_first_three_parts_little_endian() =>
        // The example of Part 6, 5.2.2.6.
        Golden.Value(
            Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63"),
            """
            91 2B 96 72              // Data1
            75 FA                    // Data2
            E6 4A                    // Data3
            8D 28 B4 04 DC 7D AF 63  // Data4
            """,
            (ref w, v) => w.Guid(v),
            (ref r) => r.Guid());

    [Fact]
    public void A_byte_string_can_be_null_or_empty()
    {
        Golden.Read(Golden.Bytes("FF FF FF FF"), (ref r) => r.ByteString()).ShouldBeNull();
        Golden.Read(Golden.Bytes("00 00 00 00"), (ref r) => r.ByteString()).ShouldBe([]);
        Golden.Read(Golden.Bytes("02 00 00 00 AB CD"), (ref r) => r.ByteString()).ShouldBe([0xAB, 0xCD]);
        Golden.Written<byte[]?>(null, (ref w, v) => w.ByteString(v)).ShouldBe(Golden.Bytes("FF FF FF FF"));
        Golden.Written<byte[]?>([], (ref w, v) => w.ByteString(v)).ShouldBe(Golden.Bytes("00 00 00 00"));
        Golden.Written<byte[]?>([0xAB, 0xCD], (ref w, v) => w.ByteString(v)).ShouldBe(Golden.Bytes("02 00 00 00 AB CD"));
    }

    [Fact]
    public void An_XML_element_is_a_string() =>
        Golden.Value(new XmlElement("<a/>"), "04 00 00 00 3C 61 2F 3E", (ref w, v) => w.XmlElement(v), (ref r) => r.XmlElement());

    [Fact]
    public void A_status_code_is_a_UInt32() =>
        Golden.Value(StatusCodes.BadDecodingError, "00 00 07 80", (ref w, v) => w.StatusCode(v), (ref r) => r.StatusCode());

    [Fact]
    public void A_qualified_name_has_its_namespace_first()
    {
        Golden.Value(new QualifiedName("Ab", 0x0102), "02 01  02 00 00 00 41 62", (ref w, v) => w.QualifiedName(v), (ref r) => r.QualifiedName());
        Golden.Value(new QualifiedName(null), "00 00  FF FF FF FF", (ref w, v) => w.QualifiedName(v), (ref r) => r.QualifiedName());
    }

    [Fact]
    public void A_localized_text_names_its_parts_in_a_mask()
    {
        Golden.Value(new LocalizedText(null, null), "00", (ref w, v) => w.LocalizedText(v), (ref r) => r.LocalizedText());
        Golden.Value(new LocalizedText("en", null), "01  02 00 00 00 65 6E", (ref w, v) => w.LocalizedText(v), (ref r) => r.LocalizedText());
        Golden.Value(new LocalizedText("A"), "02  01 00 00 00 41", (ref w, v) => w.LocalizedText(v), (ref r) => r.LocalizedText());
        Golden.Value(
            new LocalizedText("en", "A"),
            """
            03                 // locale and text
            02 00 00 00 65 6E  // locale
            01 00 00 00 41     // text
            """,
            (ref w, v) => w.LocalizedText(v),
            (ref r) => r.LocalizedText());
        Golden.Value(new LocalizedText(""), "02  00 00 00 00", (ref w, v) => w.LocalizedText(v), (ref r) => r.LocalizedText());
    }

    [Fact]
    public void An_enumeration_is_an_Int32_and_unknown_numbers_survive() =>
        Golden.Value((NodeClass)0x12345678, "78 56 34 12", (ref w, v) => w.Enum(v), (ref r) => r.Enum<NodeClass>());

    [Fact]
    public void An_array_can_be_null_or_empty()
    {
        Golden.Written<uint[]?>(null, (ref w, v) => w.UInt32Array(v)).ShouldBe(Golden.Bytes("FF FF FF FF"));
        Golden.Written<uint[]?>([], (ref w, v) => w.UInt32Array(v)).ShouldBe(Golden.Bytes("00 00 00 00"));
        Golden.Read(Golden.Bytes("FF FF FF FF"), (ref r) => r.UInt32Array()).ShouldBe([]);
        Golden.Read(Golden.Bytes("FF FF FF FF"), (ref r) => r.NullableArray((ref r) => r.UInt32())).ShouldBeNull();
        Golden.Read(Golden.Bytes("02 00 00 00 01 00 00 00 02 00 00 00"), (ref r) => r.UInt32Array()).ShouldBe([1u, 2u]);
    }
}
