using Pki;

namespace Ua.Security.Certificates;

/// <summary>The parts of a trust folder.</summary>
public enum TrustFolderPlace
{
    Trusted,
    Issuer,
    Rejected,
}

/// <summary>One file of a trust folder as a person sees it.</summary>
/// <param name="Certificate">Null for a revocation list and for a file that cannot be read.</param>
/// <param name="Crl">Null for a certificate and for a file that cannot be read.</param>
/// <param name="Problem">Why the file says nothing; null where it does.</param>
public sealed record TrustFolderEntry(
    TrustFolderPlace Place,
    string Path,
    DateTimeOffset Changed,
    ApplicationCertificate? Certificate,
    CertificateRevocationList? Crl,
    string? Problem);
