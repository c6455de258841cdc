using Gds.Core.Applications;
using Ua.Core;
using ApplicationRecord = Gds.Core.Applications.ApplicationRecord;

namespace Gds.OpcUa.Methods;

/// <summary>Records of the core as the structures of the wire.</summary>
internal static class MethodOutputs
{
    public static ExtensionObject OnWire(this ApplicationRecord record, GdsNamespace ns) => new Ua.Gds.ApplicationRecord(
        GdsNamespace.Own(record.Id),
        record.ApplicationUri,
        (ApplicationType)(int)record.ApplicationType,
        [.. record.Names.Select(n => new LocalizedText(n.Locale, n.Text))],
        record.ProductUri,
        [.. record.DiscoveryUrls],
        [.. record.ServerCapabilities]).ToExtensionObject(ns.Index);

    /// <summary>The name is the one in the caller's language where there is one, else the default (Part 12, 6.5.10).</summary>
    public static ExtensionObject Described(this ApplicationRecord record, IReadOnlyList<string> locales) => ExtensionObject.Of(new ApplicationDescription(
        record.ApplicationUri,
        record.ProductUri,
        NameFor(record, locales),
        (ApplicationType)(int)record.ApplicationType,
        GatewayServerUri: null,
        DiscoveryProfileUri: null,
        [.. record.DiscoveryUrls]));

    private static LocalizedText NameFor(ApplicationRecord record, IReadOnlyList<string> locales)
    {
        foreach (var locale in locales)
            foreach (var name in record.Names)
                if (string.Equals(name.Locale, locale, StringComparison.OrdinalIgnoreCase)) return new LocalizedText(name.Locale, name.Text);
        return new LocalizedText(record.Names[0].Locale, record.DefaultName);
    }
}
