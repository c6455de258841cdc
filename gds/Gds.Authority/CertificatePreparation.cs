using Pki;

namespace Gds.Authority;

/// <summary>The rules that turn an order into the contents of a certificate (Part 6, 6.2.2); usages are set here and never copied from a request.</summary>
internal static class CertificatePreparation
{
    /// <summary>What a request itself must hold before its key is looked at.</summary>
    public static void CheckRequest(SigningRequest request, CertificateOrder order)
    {
        if (request.RequestsCertificateAuthority) throw Refusal("The signing request asks for a certificate authority (basicConstraints CA=TRUE).");
        if (request.AlternativeNames.Uris is not [var uri])
        {
            throw Refusal($"The signing request has {request.AlternativeNames.Uris.Count} URIs in its SubjectAltName; it must have exactly one, the ApplicationUri.");
        }

        if (uri != order.ApplicationUri) throw Refusal($"The signing request is for the ApplicationUri '{uri}', the application is '{order.ApplicationUri}'.");
    }

    public static CertificateContents Contents(ApplicationCertificate authority, CertificateProfile profile, PublicKeyInfo key, CertificateOrder order, DateTimeOffset now)
    {
        CheckKey(authority, profile, key);
        if (string.IsNullOrEmpty(SubjectName.CommonNameOf(order.Subject))) throw Refusal("The subject name has no CN.");
        var (notBefore, notAfter) = Validity(authority, profile, now);
        return new CertificateContents
        {
            SerialNumber = order.SerialNumber is { } recorded ? SerialNumbers.FromText(recorded) : SerialNumbers.Create(),
            Issuer = authority.Name,
            Subject = order.Subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            PublicKey = key,
            KeyUsages = CertificateUsages.ForApplication(key),
            ExtendedKeyUsages = order.Use.ExtendedKeyUsages(),
            AlternativeNames = AlternativeNames.Create(order.ApplicationUri, order.DnsNames, order.IpAddresses),
            AuthorityKeyIdentifier = authority.SubjectKeyIdentifier ?? authority.PublicKey.KeyIdentifier,
        };
    }

    private static void CheckKey(ApplicationCertificate authority, CertificateProfile profile, PublicKeyInfo key)
    {
        if (key.Kind is not { } kind || !profile.KeyKinds.Contains(kind))
        {
            throw Refusal($"The public key is {key}; the certificate type allows {string.Join(", ", profile.KeyKinds)}.");
        }

        if (key.Equals(authority.PublicKey)) throw Refusal("The public key is that of the certificate authority itself.");
    }

    /// <summary>Never outside the authority's own validity.</summary>
    private static (DateTimeOffset, DateTimeOffset) Validity(ApplicationCertificate authority, CertificateProfile profile, DateTimeOffset now)
    {
        if (profile.Lifetime <= TimeSpan.Zero) throw Refusal("The lifetime of the certificate type is not positive.");
        if (!authority.IsValidAt(now))
        {
            throw new AuthorityException(
                AuthorityFault.AuthorityExpired,
                $"The certificate authority '{authority.Subject}' is valid from {authority.NotBefore:u} to {authority.NotAfter:u} and cannot issue now ({now:u}).");
        }

        var start = now - profile.Backdate;
        var end = now > DateTimeOffset.MaxValue - profile.Lifetime ? DateTimeOffset.MaxValue : now + profile.Lifetime;
        return (WholeSeconds(start < authority.NotBefore ? authority.NotBefore : start), WholeSeconds(end > authority.NotAfter ? authority.NotAfter : end));
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static AuthorityException Refusal(string text) => new(AuthorityFault.InvalidRequest, text);
}
