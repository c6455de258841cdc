using Ua.Core;

namespace Ua.Gds;

/// <summary>An application that a server manages for others (Part 12, 7.10.15): an object with all that a ServerConfiguration has.</summary>
public sealed record ManagedApplication(NodeId NodeId, string Name);

/// <summary>What a ServerConfiguration or a managed application says of itself; null where it has no such property (Part 12, 7.10.3 and 7.10.16).</summary>
public sealed record ServerConfigurationProperties
{
    public string? ApplicationUri { get; init; }
    public string? ProductUri { get; init; }
    public ApplicationType? ApplicationType { get; init; }
    public IReadOnlyList<LocalizedText> ApplicationNames { get; init; } = [];
    public IReadOnlyList<string> ServerCapabilities { get; init; } = [];

    /// <summary>PFX, PEM; empty where the server takes no keys from outside.</summary>
    public IReadOnlyList<string> SupportedPrivateKeyFormats { get; init; } = [];

    /// <summary>In bytes; 0 is no limit.</summary>
    public uint MaxTrustListSize { get; init; }

    public bool? MulticastDnsEnabled { get; init; }
    public bool? HasSecureElement { get; init; }
    public bool? SupportsTransactions { get; init; }
    public bool? InApplicationSetup { get; init; }

    /// <summary>Managed applications only: false where the application does not run.</summary>
    public bool? Enabled { get; init; }

    public bool? IsNonUaApplication { get; init; }
}

/// <summary>A certificate group of a server (Part 12, 7.8.3).</summary>
/// <param name="Purpose">What its certificates are for: a certificate type; null where the server does not say and its types do not tell.</param>
/// <param name="CertificateTypes">One certificate each.</param>
/// <param name="TrustList">Null where the group has none.</param>
public sealed record ServerCertificateGroup(NodeId NodeId, string Name, NodeId? Purpose, IReadOnlyList<NodeId> CertificateTypes, NodeId? TrustList)
{
    /// <summary>Its certificates secure channels.</summary>
    public bool IsForApplications => Purpose == ObjectTypeIds.ApplicationCertificateType;
}

/// <summary>The last transaction of a server, or the active one; null where the server has no value yet (Part 12, 7.10.17).</summary>
public sealed record TransactionDiagnostics(
    DateTime? StartTime,
    DateTime? EndTime,
    StatusCode? Result,
    IReadOnlyList<NodeId> AffectedTrustLists,
    IReadOnlyList<NodeId> AffectedCertificateGroups,
    IReadOnlyList<TransactionErrorType> Errors);

/// <summary>Formats of a private key that is sent to a server (Part 12, 7.10.5).</summary>
public static class PrivateKeyFormats
{
    /// <summary>PKCS #12 with an empty password.</summary>
    public const string Pfx = "PFX";

    /// <summary>PKCS #8 in text.</summary>
    public const string Pem = "PEM";
}
