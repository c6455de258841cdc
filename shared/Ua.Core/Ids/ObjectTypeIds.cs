namespace Ua.Core;

/// <summary>Object types of namespace 0 that code names (Part 5, 6; Part 12, 7.8; Part 20, 4.2).</summary>
public static class ObjectTypeIds
{
    public static readonly NodeId BaseObjectType = new(58);
    public static readonly NodeId FolderType = new(61);
    public static readonly NodeId BaseEventType = new(2041);
    public static readonly NodeId FileType = new(11575);
    public static readonly NodeId TrustListType = new(12522);
    public static readonly NodeId CertificateGroupType = new(12555);
    public static readonly NodeId CertificateType = new(12556);
    public static readonly NodeId ApplicationCertificateType = new(12557);
    public static readonly NodeId HttpsCertificateType = new(12558);
    public static readonly NodeId RsaMinApplicationCertificateType = new(12559);
    public static readonly NodeId RsaSha256ApplicationCertificateType = new(12560);
    public static readonly NodeId EccApplicationCertificateType = new(23537);
    public static readonly NodeId EccNistP256ApplicationCertificateType = new(23538);
    public static readonly NodeId EccNistP384ApplicationCertificateType = new(23539);
}
