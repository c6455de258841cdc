using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Gds.Authority;

/// <summary>What one application is to be certified as; decided by the use case, not by the request.</summary>
public sealed record CertificateOrder(
    X500DistinguishedName Subject,
    string ApplicationUri,
    IReadOnlyList<string> DnsNames,
    IReadOnlyList<IPAddress> IpAddresses,
    ApplicationUse Use = ApplicationUse.ClientAndServer)
{
    /// <summary>A serial number in upper-case hex that was recorded beforehand; null lets the authority draw one.</summary>
    public string? SerialNumber { get; init; }
}
