using Ua.Core;

namespace Ua.Gds;

/// <summary>
/// The numeric ids of the GDS namespace (Part 12, 6.5 and 7.9). The index of the namespace is only known at run time:
/// <see cref="Node"/> makes a NodeId of one.
/// </summary>
public static class GdsIds
{
    public const string NamespaceUri = "http://opcfoundation.org/UA/GDS/";

    /// <summary>ApplicationRecordDataType and the object of its binary encoding.</summary>
    public const uint ApplicationRecordDataType = 1;
    public const uint ApplicationRecordBinaryEncoding = 134;

    public const uint DirectoryType = 13;
    public const uint CertificateDirectoryType = 63;
    public const uint Directory = 141;
    public const uint DirectoryApplications = 142;
    public const uint CertificateGroups = 614;

    public const uint ApplicationRegistrationChangedAuditEventType = 26;
    public const uint CertificateRevokedAuditEventType = 27;
    public const uint CertificateRequestedAuditEventType = 91;
    public const uint CertificateDeliveredAuditEventType = 109;

    public const uint DiscoveryAdminRole = 1661;
    public const uint CertificateAuthorityAdminRole = 1680;
    public const uint RegistrationAuthorityAdminRole = 1699;
    public const uint KeyCredentialAdminRole = 1718;
    public const uint AuthorizationServiceAdminRole = 1737;

    public static NodeId Node(uint id, ushort namespaceIndex) => new(id, namespaceIndex);
}
