namespace Ua.Gds;

/// <summary>The methods of the Directory object, by the ids of the instance (Part 12, 6.5.3 and 7.9.2).</summary>
public static class DirectoryMethodIds
{
    public const uint FindApplications = 143;
    public const uint RegisterApplication = 146;
    public const uint UnregisterApplication = 149;
    public const uint QueryServers = 151;
    public const uint StartNewKeyPairRequest = 154;
    public const uint StartSigningRequest = 157;
    public const uint FinishRequest = 163;
    public const uint GetCertificates = 174;
    public const uint CheckRevocationStatus = 177;
    public const uint UpdateApplication = 200;
    public const uint GetTrustList = 204;
    public const uint GetApplication = 216;
    public const uint GetCertificateStatus = 225;
    public const uint GetCertificateGroups = 508;
    public const uint QueryApplications = 992;
    public const uint RevokeCertificate = 15005;
}
