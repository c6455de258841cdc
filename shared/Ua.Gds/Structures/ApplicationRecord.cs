using Ua.Core;

namespace Ua.Gds;

/// <summary>
/// An application as the Directory knows it: ApplicationRecordDataType (Part 12, 6.5.5). The ApplicationId is null until the
/// GDS has given one; the first of the ApplicationNames is the default name.
/// </summary>
public sealed record ApplicationRecord(
    NodeId ApplicationId,
    string? ApplicationUri,
    ApplicationType ApplicationType,
    LocalizedText[] ApplicationNames,
    string? ProductUri,
    string?[] DiscoveryUrls,
    string?[] ServerCapabilities) : IUaStructure<ApplicationRecord>
{
    public void Write(ref UaWriter w)
    {
        w.NodeId(ApplicationId);
        w.String(ApplicationUri);
        w.Enum(ApplicationType);
        w.LocalizedTextArray(ApplicationNames);
        w.String(ProductUri);
        w.StringArray(DiscoveryUrls);
        w.StringArray(ServerCapabilities);
    }

    public static ApplicationRecord Read(ref UaReader r) => new(
        ApplicationId: r.NodeId(),
        ApplicationUri: r.String(),
        ApplicationType: r.Enum<ApplicationType>(),
        ApplicationNames: r.LocalizedTextArray(),
        ProductUri: r.String(),
        DiscoveryUrls: r.StringArray(),
        ServerCapabilities: r.StringArray());

    /// <summary>The NodeId of the binary encoding where the GDS namespace has this index.</summary>
    public static NodeId EncodingId(ushort gdsNamespaceIndex) => new(GdsIds.ApplicationRecordBinaryEncoding, gdsNamespaceIndex);

    public ExtensionObject ToExtensionObject(ushort gdsNamespaceIndex) => ExtensionObject.Of(EncodingId(gdsNamespaceIndex), this);

    /// <summary>Reads a record; false where the object is of another type.</summary>
    /// <exception cref="UaException">Bad_DecodingError where the id fits and the body does not.</exception>
    public static bool TryFrom(ExtensionObject? value, ushort gdsNamespaceIndex, out ApplicationRecord? record, EncodingLimits? limits = null)
    {
        record = null;
        return value is not null && value.TryDecode(EncodingId(gdsNamespaceIndex), out record, limits);
    }
}
