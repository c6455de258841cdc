namespace Ua.Core;

/// <summary>Which software a server is (Part 5, 12.4).</summary>
public sealed record BuildInfo(
    string? ProductUri,
    string? ManufacturerName,
    string? ProductName,
    string? SoftwareVersion,
    string? BuildNumber,
    DateTime BuildDate) : IUaEncodable<BuildInfo>
{
    public static uint BinaryEncodingId => 340;

    public void Write(ref UaWriter w)
    {
        w.String(ProductUri);
        w.String(ManufacturerName);
        w.String(ProductName);
        w.String(SoftwareVersion);
        w.String(BuildNumber);
        w.DateTime(BuildDate);
    }

    public static BuildInfo Read(ref UaReader r) => new(
        ProductUri: r.String(),
        ManufacturerName: r.String(),
        ProductName: r.String(),
        SoftwareVersion: r.String(),
        BuildNumber: r.String(),
        BuildDate: r.DateTime());
}
