namespace Ua.Core;

/// <summary>One value of an enumeration whose values have gaps (Part 3, 8.39).</summary>
public sealed record EnumValueType(long Value, LocalizedText DisplayName, LocalizedText Description = default) : IUaEncodable<EnumValueType>
{
    public static uint BinaryEncodingId => 8251;

    public void Write(ref UaWriter w)
    {
        w.Int64(Value);
        w.LocalizedText(DisplayName);
        w.LocalizedText(Description);
    }

    public static EnumValueType Read(ref UaReader r) => new(
        Value: r.Int64(),
        DisplayName: r.LocalizedText(),
        Description: r.LocalizedText());
}
