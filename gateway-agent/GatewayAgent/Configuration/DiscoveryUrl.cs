namespace GatewayAgent.Configuration;

/// <summary>Rules for discovery URLs and what can be learned from them.</summary>
internal static class DiscoveryUrl
{
    private static readonly string[] Schemes = ["opc.tcp", "opc.https", "https", "opc.wss"];

    public static bool IsUaTcp(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == "opc.tcp" && uri.Host.Length > 0;

    /// <summary>An absolute URL of a transport of OPC UA; rcp+ before it marks one for reverse connect (Part 12, 6.5.5).</summary>
    public static bool IsValid(string? url) =>
        Uri.TryCreate(url?.StartsWith("rcp+", StringComparison.Ordinal) == true ? url[4..] : url, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme) && uri.Host.Length > 0;

    /// <summary>The host name or address of a URL, without brackets; null where there is none.</summary>
    public static string? HostOf(string url) =>
        Uri.TryCreate(url.StartsWith("rcp+", StringComparison.Ordinal) ? url[4..] : url, UriKind.Absolute, out var uri) && uri.DnsSafeHost.Length > 0 ? uri.DnsSafeHost : null;
}
