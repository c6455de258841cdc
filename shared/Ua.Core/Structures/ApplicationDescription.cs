namespace Ua.Core;

/// <summary>Names an application and where to find it (Part 4, 7.2).</summary>
public sealed record ApplicationDescription(
    string? ApplicationUri,
    string? ProductUri,
    LocalizedText ApplicationName,
    ApplicationType ApplicationType,
    string? GatewayServerUri,
    string? DiscoveryProfileUri,
    string?[] DiscoveryUrls) : IUaEncodable<ApplicationDescription>
{
    public static uint BinaryEncodingId => 310;

    public void Write(ref UaWriter w)
    {
        w.String(ApplicationUri);
        w.String(ProductUri);
        w.LocalizedText(ApplicationName);
        w.Enum(ApplicationType);
        w.String(GatewayServerUri);
        w.String(DiscoveryProfileUri);
        w.StringArray(DiscoveryUrls);
    }

    public static ApplicationDescription Read(ref UaReader r) => new(
        ApplicationUri: r.String(),
        ProductUri: r.String(),
        ApplicationName: r.LocalizedText(),
        ApplicationType: r.Enum<ApplicationType>(),
        GatewayServerUri: r.String(),
        DiscoveryProfileUri: r.String(),
        DiscoveryUrls: r.StringArray());
}
