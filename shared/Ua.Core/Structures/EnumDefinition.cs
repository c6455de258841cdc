namespace Ua.Core;

/// <summary>The values of an enumeration, or the bits of an option set (Part 3, 8.50).</summary>
public sealed record EnumDefinition(EnumField[] Fields) : IUaEncodable<EnumDefinition>
{
    public static uint BinaryEncodingId => 123;

    public void Write(ref UaWriter w) => w.StructureArray(Fields);

    public static EnumDefinition Read(ref UaReader r) => new(Fields: r.StructureArray<EnumField>());
}

/// <summary>One value of an enumeration or one bit of an option set (Part 3, 8.52).</summary>
public sealed record EnumField(long Value, LocalizedText DisplayName, LocalizedText Description, string? Name) : IUaEncodable<EnumField>
{
    public static uint BinaryEncodingId => 14845;

    public void Write(ref UaWriter w)
    {
        w.Int64(Value);
        w.LocalizedText(DisplayName);
        w.LocalizedText(Description);
        w.String(Name);
    }

    public static EnumField Read(ref UaReader r) => new(
        Value: r.Int64(),
        DisplayName: r.LocalizedText(),
        Description: r.LocalizedText(),
        Name: r.String());
}
