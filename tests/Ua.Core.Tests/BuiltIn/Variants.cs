namespace Ua.Core.Tests.BuiltIn;

/// <summary>The bytes of Variant with every type, arrays and matrices (Part 6, 5.2.2.16).</summary>
public sealed class Variants
{
    public static TheoryData<string, Variant, string> Scalars => new()
    {
        { "null", Variant.Null, "00" },
        { "Boolean", true, "01 01" },
        { "SByte", (sbyte)-1, "02 FF" },
        { "Byte", (byte)5, "03 05" },
        { "Int16", (short)-2, "04 FE FF" },
        { "UInt16", (ushort)258, "05 02 01" },
        { "Int32", -2, "06 FE FF FF FF" },
        { "UInt32", 0x01020304u, "07 04 03 02 01" },
        { "Int64", -2L, "08 FE FF FF FF FF FF FF FF" },
        { "UInt64", 1ul, "09 01 00 00 00 00 00 00 00" },
        { "Float", -6.5f, "0A 00 00 D0 C0" },
        { "Double", -6.5, "0B 00 00 00 00 00 00 1A C0" },
        { "String", "ab", "0C 02 00 00 00 61 62" },
        { "null String", (string?)null, "0C FF FF FF FF" },
        { "DateTime", Golden.At(second: 0), "0D 80 C0 48 58 28 3D DA 01" },
        { "Guid", Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63"), "0E 91 2B 96 72 75 FA E6 4A 8D 28 B4 04 DC 7D AF 63" },
        { "ByteString", new byte[] { 0xAB }, "0F 01 00 00 00 AB" },
        { "null ByteString", (byte[]?)null, "0F FF FF FF FF" },
        { "XmlElement", new XmlElement("<a/>"), "10 04 00 00 00 3C 61 2F 3E" },
        { "NodeId", new NodeId(72), "11 00 48" },
        { "ExpandedNodeId", new ExpandedNodeId(new NodeId(72), null, 1), "12 40 48 01 00 00 00" },
        { "StatusCode", StatusCodes.BadDecodingError, "13 00 00 07 80" },
        { "QualifiedName", new QualifiedName("a", 1), "14 01 00 01 00 00 00 61" },
        { "LocalizedText", new LocalizedText("a"), "15 02 01 00 00 00 61" },
        { "ExtensionObject", new ExtensionObject(new NodeId(297), ExtensionObjectEncoding.None, null), "16 01 00 29 01 00" },
        { "DataValue", new DataValue(true), "17 01 01 01" },
        { "DiagnosticInfo", new DiagnosticInfo(Locale: 3), "19 08 03 00 00 00" },
    };

    public static TheoryData<string, Variant, string> Arrays => new()
    {
        { "Boolean", Array(BuiltInType.Boolean, true, false), "81 02 00 00 00 01 00" },
        { "SByte", Array<sbyte>(BuiltInType.SByte, -1), "82 01 00 00 00 FF" },
        { "Byte", Array<byte>(BuiltInType.Byte, 1, 2), "83 02 00 00 00 01 02" },
        { "Int16", Array<short>(BuiltInType.Int16, -2), "84 01 00 00 00 FE FF" },
        { "UInt16", Array<ushort>(BuiltInType.UInt16, 258), "85 01 00 00 00 02 01" },
        { "Int32", Array(BuiltInType.Int32, -2, 1), "86 02 00 00 00 FE FF FF FF 01 00 00 00" },
        { "UInt32", new uint[] { 1 }, "87 01 00 00 00 01 00 00 00" },
        { "Int64", Array(BuiltInType.Int64, 1L), "88 01 00 00 00 01 00 00 00 00 00 00 00" },
        { "UInt64", Array(BuiltInType.UInt64, 1ul), "89 01 00 00 00 01 00 00 00 00 00 00 00" },
        { "Float", Array(BuiltInType.Float, -6.5f), "8A 01 00 00 00 00 00 D0 C0" },
        { "Double", Array(BuiltInType.Double, -6.5), "8B 01 00 00 00 00 00 00 00 00 00 1A C0" },
        { "String", new string?[] { "a", null }, "8C 02 00 00 00 01 00 00 00 61 FF FF FF FF" },
        { "DateTime", Array(BuiltInType.DateTime, Golden.At(second: 0)), "8D 01 00 00 00 80 C0 48 58 28 3D DA 01" },
        { "Guid", Array(BuiltInType.Guid, Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63")), "8E 01 00 00 00 91 2B 96 72 75 FA E6 4A 8D 28 B4 04 DC 7D AF 63" },
        { "ByteString", new byte[]?[] { [0xAB], null, [] }, "8F 03 00 00 00 01 00 00 00 AB FF FF FF FF 00 00 00 00" },
        { "XmlElement", Array(BuiltInType.XmlElement, new XmlElement("<a/>")), "90 01 00 00 00 04 00 00 00 3C 61 2F 3E" },
        { "NodeId", new[] { new NodeId(72), new NodeId(1025, 5) }, "91 02 00 00 00 00 48 01 05 01 04" },
        { "ExpandedNodeId", Array(BuiltInType.ExpandedNodeId, new ExpandedNodeId(new NodeId(72))), "92 01 00 00 00 00 48" },
        { "StatusCode", Array(BuiltInType.StatusCode, StatusCodes.Good), "93 01 00 00 00 00 00 00 00" },
        { "QualifiedName", Array(BuiltInType.QualifiedName, new QualifiedName("a", 1)), "94 01 00 00 00 01 00 01 00 00 00 61" },
        { "LocalizedText", new[] { new LocalizedText("a") }, "95 01 00 00 00 02 01 00 00 00 61" },
        { "ExtensionObject", new[] { ExtensionObject.Null }, "96 01 00 00 00 00 00 00" },
        { "DataValue", Array(BuiltInType.DataValue, new DataValue(true)), "97 01 00 00 00 01 01 01" },
        { "Variant", Array<Variant>(BuiltInType.Variant, true, Variant.Null), "98 02 00 00 00 01 01 00" },
        { "DiagnosticInfo", Array(BuiltInType.DiagnosticInfo, new DiagnosticInfo()), "99 01 00 00 00 00" },
        { "empty", Array<int>(BuiltInType.Int32), "86 00 00 00 00" },
        { "null", Variant.Array(BuiltInType.Int32, null), "86 FF FF FF FF" },
        { "null bytes", Variant.Array(BuiltInType.Byte, null), "83 FF FF FF FF" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void A_scalar_carries_its_type_number(string type, Variant value, string bytes)
    {
        Check(value, bytes);
        value.IsArray.ShouldBeFalse(type);
    }

    [Theory]
    [MemberData(nameof(Arrays))]
    public void An_array_has_the_array_bit_and_a_count(string type, Variant value, string bytes)
    {
        Check(value, bytes);
        value.IsArray.ShouldBeTrue(type);
    }

    [Fact]
    public void A_matrix_has_its_dimensions_after_its_elements() => Check(
        Variant.Array(BuiltInType.Byte, new byte[] { 1, 2, 3, 4, 5, 6 }, [2, 3]),
        """
        C3                                   // Byte, array, dimensions
        06 00 00 00 01 02 03 04 05 06        // elements, the last dimension first
        02 00 00 00 02 00 00 00 03 00 00 00  // dimensions 2 and 3
        """);

    [Fact]
    public void A_matrix_with_a_dimension_of_zero_is_empty() => Check(
        Variant.Array(BuiltInType.Int32, System.Array.Empty<int>(), [0, 3]),
        """
        C6                                   // Int32, array, dimensions
        00 00 00 00                          // no elements
        02 00 00 00 00 00 00 00 03 00 00 00  // dimensions 0 and 3
        """);

    [Fact]
    public void Variants_nest_in_arrays() => Check(
        Array<Variant>(BuiltInType.Variant, Array<Variant>(BuiltInType.Variant, (byte)7)),
        """
        98 01 00 00 00  // array of one Variant
        98 01 00 00 00  // which is an array of one Variant
        03 07           // which is the Byte 7
        """);

    [Theory]
    [InlineData("1A 01 00 00 00 AB", "0F 01 00 00 00 AB")]
    [InlineData("1F FF FF FF FF", "0F FF FF FF FF")]
    [InlineData("9A 01 00 00 00 01 00 00 00 AB", "8F 01 00 00 00 01 00 00 00 AB")]
    public void Reserved_type_numbers_read_as_byte_strings(string reserved, string byteString) =>
        Golden.Decodes(reserved, Golden.Read(Golden.Bytes(byteString), (ref r) => r.Variant()), (ref r) => r.Variant());

    [Fact]
    public void A_single_dimension_reads_as_a_plain_array() => Golden.Decodes(
        "C3 02 00 00 00 01 02  01 00 00 00 02 00 00 00",
        Array<byte>(BuiltInType.Byte, 1, 2),
        (ref r) => r.Variant());

    [Theory]
    [InlineData("20 00 00 00 00", "a type number beyond 31")]
    [InlineData("40", "dimensions of a null")]
    [InlineData("80", "an array of null")]
    [InlineData("43 01", "dimensions of a scalar")]
    [InlineData("18 01 01", "a scalar variant in a variant")]
    [InlineData("C3 02 00 00 00 01 02  02 00 00 00 02 00 00 00 02 00 00 00", "too few elements for the dimensions")]
    [InlineData("C3 02 00 00 00 01 02  02 00 00 00 01 00 00 00 01 00 00 00", "too many elements for the dimensions")]
    [InlineData("C3 02 00 00 00 01 02  02 00 00 00 FF FF FF FF FE FF FF FF", "negative dimensions")]
    [InlineData("C3 00 00 00 00  02 00 00 00 00 00 00 00 FF FF FF FF", "a negative dimension beside zero")]
    [InlineData("C3 02 00 00 00 01 02  03 00 00 00 02 00 00 80 02 00 00 80 02 00 00 80", "dimensions whose product overflows")]
    public void A_malformed_variant_is_refused(string bytes, string because)
    {
        because.ShouldNotBeEmpty();
        Golden.Fails(bytes, StatusCodes.BadDecodingError, (ref r) => r.Variant());
    }

    [Fact]
    public void A_value_of_another_type_cannot_be_put_in_a_variant()
    {
        Should.Throw<ArgumentException>(() => Variant.Scalar(BuiltInType.Int32, 1L));
        Should.Throw<ArgumentException>(() => Variant.Scalar(BuiltInType.Int32, null));
        Should.Throw<ArgumentException>(() => Variant.Array(BuiltInType.Int32, new uint[] { 1 }));
        Should.Throw<ArgumentException>(() => Variant.Array(BuiltInType.Int32, new[] { 1, 2, 3 }, [2, 2]));
    }

    private static Variant Array<T>(BuiltInType type, params T[] values) => Variant.Array(type, values);

    private static void Check(Variant value, string bytes) =>
        Golden.Value(value, bytes, (ref w, v) => w.Variant(v), (ref r) => r.Variant());
}
