using GatewayAgent.Folders;
using Pki;

namespace GatewayAgent.Refresh;

/// <summary>What is known about an application's own certificate when the question of a renewal is asked.</summary>
/// <param name="Certificate">Null where the folder holds none.</param>
/// <param name="Problem">Why certificate and key in the folder cannot be used; null where they can.</param>
/// <param name="WantedHosts">Host names and addresses that a new request would ask for.</param>
internal sealed record OwnCertificateFacts(ApplicationCertificate? Certificate, string? Problem, string ApplicationUri, IReadOnlyList<string> WantedHosts);

/// <summary>Decides whether a new certificate is asked for, and says why in words.</summary>
internal static class RenewalRule
{
    /// <param name="set">The trust list that the GDS gives.</param>
    /// <param name="gdsSaysSo">The answer of GetCertificateStatus; null where it was not asked.</param>
    /// <returns>The reason, or null.</returns>
    public static string? Decide(OwnCertificateFacts own, TrustSet set, bool? gdsSaysSo, double renewAfter, DateTimeOffset now)
    {
        if (own.Problem is { } problem) return problem;
        if (own.Certificate is not { } certificate) return "there is no certificate";
        if (certificate.ApplicationUri != own.ApplicationUri) return $"the certificate carries the ApplicationUri '{certificate.ApplicationUri}'";
        if (certificate.IsSelfSigned) return "the certificate is signed by itself";
        if (now > certificate.NotAfter) return $"the certificate expired at {certificate.NotAfter:u}";
        if (Revocation(certificate, set) is { } revoked) return $"the certificate was revoked at {revoked.RevokedAt:u} ({revoked.Reason})";
        if (MissingHost(certificate, own.WantedHosts) is { } host) return $"the certificate does not name the host '{host}'";
        if (now >= RenewAt(certificate, renewAfter)) return $"{renewAfter:P0} of the certificate's life have passed";
        return gdsSaysSo == true ? "the GDS asks for it" : null;
    }

    public static DateTimeOffset RenewAt(ApplicationCertificate certificate, double renewAfter) =>
        certificate.NotBefore + ((certificate.NotAfter - certificate.NotBefore) * renewAfter);

    public static RevokedCertificate? Revocation(ApplicationCertificate certificate, TrustSet set)
    {
        foreach (var issuer in set.Certificates.Where(c => c.IsIssuerOf(certificate)))
        {
            foreach (var list in set.Crls.Where(l => l.IsFrom(issuer) && l.IsSignedBy(issuer)))
            {
                if (list.Find(certificate) is { } entry) return entry;
            }
        }

        return null;
    }

    private static string? MissingHost(ApplicationCertificate certificate, IReadOnlyList<string> wanted) =>
        wanted.FirstOrDefault(h => !certificate.DnsNames.Contains(h, StringComparer.OrdinalIgnoreCase) && !certificate.IpAddresses.Any(a => a.ToString() == h));
}
