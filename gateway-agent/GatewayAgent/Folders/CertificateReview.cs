using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Folders;

/// <summary>Why a certificate may not be put into a folder.</summary>
/// <param name="IsFinal">It never may: a new one has to be asked for.</param>
/// <param name="StatusCode">What peers would answer to it.</param>
internal sealed record CertificateFault(string Text, bool IsFinal, StatusCode StatusCode);

/// <summary>Looks at a certificate that the GDS issued before it may touch a disk.</summary>
internal static class CertificateReview
{
    private static readonly StatusCode[] Final = [StatusCodes.BadCertificateRevoked, StatusCodes.BadCertificateInvalid, StatusCodes.BadCertificateUriInvalid, StatusCodes.BadCertificateUseNotAllowed];

    /// <summary>The certificate is for the key and the application, it is in force, and its chain and revocation lists hold.</summary>
    /// <param name="set">The trust list that will stand beside it.</param>
    /// <returns>Null where everything holds.</returns>
    public static async Task<CertificateFault?> FindFaultAsync(IdentityCertificate own, string applicationUri, TrustSet set, TimeSpan clockSkew, TimeProvider time, CancellationToken cancellationToken)
    {
        var certificate = own.Certificate;
        if (certificate.ApplicationUri != applicationUri) return Bad(certificate, StatusCodes.BadCertificateUriInvalid, $"carries the ApplicationUri '{certificate.ApplicationUri}' and not '{applicationUri}'");
        if (certificate.IsCertificateAuthority) return Bad(certificate, StatusCodes.BadCertificateUseNotAllowed, "is one of an authority");

        // The chain that came along may be used to build; it must end in what the trust list holds.
        var lists = (set with { IssuerCertificates = [.. set.IssuerCertificates.Concat(own.Issuers).Distinct()] }).ToTrustLists("the trust list of the GDS");
        var options = new CertificateValidationOptions { ClockSkew = clockSkew, CacheTime = TimeSpan.Zero };
        var validator = new CertificateValidator(new PublishedTrustLists(lists), options, time, NullLogger<CertificateValidator>.Instance);
        var verdict = await validator.ExplainAsync(new CertificateCheck(certificate.Der, PeerRole.Client) { ApplicationUri = applicationUri }, cancellationToken);
        if (verdict.IsAccepted) return null;
        var expired = time.GetUtcNow() > certificate.NotAfter;
        return new CertificateFault($"The certificate {certificate} of the GDS was not taken: {verdict.Text} ({verdict.StatusCode})", expired || Final.Contains(verdict.StatusCode), verdict.StatusCode);
    }

    private static CertificateFault Bad(ApplicationCertificate certificate, StatusCode code, string what) => new($"The certificate {certificate} of the GDS was not taken: it {what}.", IsFinal: true, code);
}
