using Gds.Core.State;
using Gds.Core.TrustLists;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Agents;

/// <summary>
/// What stands against trusting a certificate that somebody refused, beyond what the trust list itself asks for: a person
/// who trusts it does so on the word of a file that came from outside.
/// </summary>
internal static class TrustObjections
{
    private const int LeastRsa = 2048, LargestRsa = 4096;

    public static async Task<IReadOnlyList<GdsProblem>> OfAsync(
        GdsDbContext db, GdsState state, ApplicationCertificate certificate, DateTime now, CancellationToken cancellationToken)
    {
        List<GdsProblem> found = [.. Contents(certificate, now), .. Revocation(state, certificate)];
        var ours = await db.IssuedCertificates.AsNoTracking()
            .Where(c => c.Thumbprint == certificate.Thumbprint)
            .Select(c => new { c.State, c.SerialNumber, c.RevokedAt })
            .FirstOrDefaultAsync(cancellationToken);
        if (ours is { State: CertificateState.Revoked })
            found.Add(Invalid($"It is one of ours, serial number {ours.SerialNumber}, and was revoked at {ours.RevokedAt:u}."));
        else if (state.Groups.Values.SelectMany(g => g.Authorities).Any(a => a.Certificate.Equals(certificate) || IsFrom(a.Certificate, certificate)))
            found.Add(new(ProblemKind.RequestNotAllowed, "It is our own CA, or issued by it: whoever follows the trust list trusts it already. See why it was refused before anything is added."));
        return found;
    }

    private static IEnumerable<GdsProblem> Contents(ApplicationCertificate certificate, DateTime now)
    {
        if (certificate.NotBefore.UtcDateTime > now) yield return Invalid($"It is not valid before {certificate.NotBefore:u}.");
        if (certificate.NotAfter.UtcDateTime < now) yield return Invalid($"It expired at {certificate.NotAfter:u}.");
        if (certificate.SignatureAlgorithm.IsWeak) yield return Invalid($"It is signed by {certificate.SignatureAlgorithm}, which no security policy in use accepts.");
        var key = certificate.PublicKey;
        if (key.IsRsa && key.SizeInBits is < LeastRsa or > LargestRsa)
            yield return Invalid($"Its key is {key}; RSA keys of {LeastRsa} to {LargestRsa} bits are accepted.");
        if (!key.IsRsa && key.Kind is null) yield return Invalid($"Its key is {key}, which no security policy accepts.");
        if (certificate.UnknownCriticalExtensions is [var extension, ..]) yield return Invalid($"It has the critical extension {extension}, which nobody here understands.");
        foreach (var fault in certificate.IsCertificateAuthority ? AuthorityFaults(certificate) : ApplicationFaults(certificate)) yield return Invalid(fault);
    }

    private static IEnumerable<string> AuthorityFaults(ApplicationCertificate certificate)
    {
        if (certificate.KeyUsages is { } usages && (usages & CertificateUsages.Authority) != CertificateUsages.Authority)
            yield return $"It is a CA whose key may not sign certificates and revocation lists (KeyUsage {usages}).";
    }

    private static IEnumerable<string> ApplicationFaults(ApplicationCertificate certificate)
    {
        if (certificate.ApplicationUri is null) yield return "It names no ApplicationUri, so that it is no application instance certificate.";
        var wanted = CertificateUsages.ForApplication(certificate.PublicKey);
        if (certificate.KeyUsages is not { } usages || (usages & wanted) != wanted)
            yield return $"Its KeyUsage is {certificate.KeyUsages?.ToString() ?? "missing"}; {wanted} are needed.";
        if (certificate.ExtendedKeyUsages is { } purposes
            && !purposes.Contains(CertificateUsages.ServerAuthentication) && !purposes.Contains(CertificateUsages.ClientAuthentication))
            yield return "Its ExtendedKeyUsage allows neither serverAuth nor clientAuth.";
    }

    private static IEnumerable<GdsProblem> Revocation(GdsState state, ApplicationCertificate certificate)
    {
        foreach (var (authority, crl) in state.Groups.Values.SelectMany(g => TrustListSnapshot.Of(g).Authorities))
        {
            if (crl is not null && IsFrom(authority, certificate) && crl.Find(certificate) is { } entry)
            {
                yield return Invalid($"Its issuer '{authority.Subject}' revoked it at {entry.RevokedAt:u}.");
                yield break;
            }
        }
    }

    private static bool IsFrom(ApplicationCertificate authority, ApplicationCertificate certificate) => authority.IsIssuerOf(certificate) && certificate.IsSignedBy(authority);

    private static GdsProblem Invalid(string text) => new(ProblemKind.CertificateInvalid, text);
}
