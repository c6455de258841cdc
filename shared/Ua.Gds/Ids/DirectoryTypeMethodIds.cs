namespace Ua.Gds;

/// <summary>The same methods as declared on DirectoryType and CertificateDirectoryType; a server accepts either id (Part 4, 5.12.2).</summary>
public static class DirectoryTypeMethodIds
{
    public const uint FindApplications = 15;
    public const uint RegisterApplication = 18;
    public const uint UnregisterApplication = 21;
    public const uint QueryServers = 23;
    public const uint StartNewKeyPairRequest = 76;
    public const uint StartSigningRequest = 79;
    public const uint FinishRequest = 85;
    public const uint GetCertificates = 89;
    public const uint CheckRevocationStatus = 126;
    public const uint UpdateApplication = 188;
    public const uint GetTrustList = 197;
    public const uint GetApplication = 210;
    public const uint GetCertificateStatus = 222;
    public const uint GetCertificateGroups = 369;
    public const uint QueryApplications = 868;
    public const uint RevokeCertificate = 15003;
}
