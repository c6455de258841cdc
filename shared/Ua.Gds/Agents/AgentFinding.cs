using Ua.Core;

namespace Ua.Gds.Agents;

/// <summary>Why a certificate is reported.</summary>
public enum FindingKind
{
    /// <summary>A peer that the gateway refused; it lies in the folder of rejected certificates.</summary>
    Rejected = 0,

    /// <summary>It lies in a folder of trusted or issuer certificates and the GDS does not know it.</summary>
    Drift = 1,
}

/// <summary>What was done with it on the gateway.</summary>
public enum FindingPolicy
{
    /// <summary>Nothing to decide, as for a refused peer.</summary>
    None = 0,
    Left = 1,
    Removed = 2,

    /// <summary>Left for now; a person at the GDS is asked to adopt it.</summary>
    Offered = 3,
}

/// <summary>A certificate that was seen at a gateway: FindingDataType of our namespace.</summary>
/// <param name="Kind">Where it was seen.</param>
/// <param name="Policy">What was done with it.</param>
/// <param name="Certificate">DER, without its chain.</param>
/// <param name="SeenAt">UTC; DateTime.MinValue for now.</param>
public sealed record AgentFinding(FindingKind Kind, FindingPolicy Policy, byte[] Certificate, DateTime SeenAt) : IUaStructure<AgentFinding>
{
    public void Write(ref UaWriter w)
    {
        w.Enum(Kind);
        w.Enum(Policy);
        w.ByteString(Certificate);
        w.DateTime(SeenAt);
    }

    public static AgentFinding Read(ref UaReader r) => new(
        Kind: r.Enum<FindingKind>(),
        Policy: r.Enum<FindingPolicy>(),
        Certificate: r.ByteString() ?? [],
        SeenAt: r.DateTime());

    /// <summary>The NodeId of the binary encoding where the namespace has this index.</summary>
    public static NodeId EncodingId(ushort namespaceIndex) => new(AgentIds.FindingBinaryEncoding, namespaceIndex);

    public ExtensionObject ToExtensionObject(ushort namespaceIndex) => ExtensionObject.Of(EncodingId(namespaceIndex), this);

    /// <summary>Reads a finding; false where the object is of another type.</summary>
    /// <exception cref="UaException">Bad_DecodingError where the id fits and the body does not.</exception>
    public static bool TryFrom(ExtensionObject? value, ushort namespaceIndex, out AgentFinding? finding)
    {
        finding = null;
        return value is not null && value.TryDecode(EncodingId(namespaceIndex), out finding);
    }
}
