namespace Ua.Core;

/// <summary>An engineering unit (Part 8, 5.6.4).</summary>
public sealed record EUInformation(string? NamespaceUri, int UnitId, LocalizedText DisplayName, LocalizedText Description) : IUaEncodable<EUInformation>
{
    public static uint BinaryEncodingId => 889;

    public void Write(ref UaWriter w)
    {
        w.String(NamespaceUri);
        w.Int32(UnitId);
        w.LocalizedText(DisplayName);
        w.LocalizedText(Description);
    }

    public static EUInformation Read(ref UaReader r) => new(
        NamespaceUri: r.String(),
        UnitId: r.Int32(),
        DisplayName: r.LocalizedText(),
        Description: r.LocalizedText());
}
