using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Pki;

namespace Gds.Authority;

/// <summary>The certificate authority of one certificate group. Holds its private key open; everything it does may be called from many threads at once.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private readonly KeyPair _key;
    private readonly TimeProvider _time;

    internal CertificateAuthority(string group, ApplicationCertificate certificate, KeyPair key, TimeProvider time)
    {
        Group = group;
        Certificate = certificate;
        _key = key;
        _time = time;
    }

    /// <summary>Name of the certificate group.</summary>
    public string Group { get; }

    public ApplicationCertificate Certificate { get; }

    /// <summary>What a peer needs to validate a certificate of this authority: the immediate issuer first.</summary>
    public IReadOnlyList<ApplicationCertificate> IssuerChain => [Certificate];

    /// <summary>Checks a signing request and lays the certificate down. The request's signature was verified when it was read.</summary>
    public PreparedCertificate Prepare(CertificateProfile profile, SigningRequest request, CertificateOrder order)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(order);
        CertificatePreparation.CheckRequest(request, order);
        return Prepare(profile, request.PublicKey, order);
    }

    /// <summary>Lays down a certificate for a key that was made for the application.</summary>
    public PreparedCertificate Prepare(CertificateProfile profile, PublicKeyInfo publicKey, CertificateOrder order)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(publicKey);
        ArgumentNullException.ThrowIfNull(order);
        try
        {
            var contents = CertificatePreparation.Contents(Certificate, profile, publicKey, order, _time.GetUtcNow());
            return new PreparedCertificate(Certificate, contents, _key.SignatureAlgorithm);
        }
        catch (PkiException e)
        {
            throw new AuthorityException(AuthorityFault.InvalidRequest, e.Message, e);
        }
    }

    /// <summary>Signs what was prepared, byte for byte; record its serial number first.</summary>
    public ApplicationCertificate Issue(PreparedCertificate prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        if (!prepared.Authority.Equals(Certificate))
        {
            throw new AuthorityException(AuthorityFault.InvalidRequest, $"The certificate was prepared by another authority ('{prepared.Authority.Subject}').");
        }

        var signed = ApplicationCertificate.Parse(CertificateContents.Sign(prepared.TakeBytes(), _key));
        CertificateLint.Check(signed, prepared);
        return signed;
    }

    /// <summary>Signs a revocation list; the number must rise with each list.</summary>
    public CertificateRevocationList IssueCrl(IReadOnlyCollection<RevokedCertificate> entries, BigInteger number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate)
    {
        ArgumentNullException.ThrowIfNull(entries);
        try
        {
            var list = CertificateRevocationList.Parse(CertificateRevocationList.Create(Certificate, _key, entries, number, thisUpdate, nextUpdate));
            CertificateLint.Check(list, Certificate, entries);
            return list;
        }
        catch (PkiException e)
        {
            throw new AuthorityException(AuthorityFault.InvalidRequest, e.Message, e);
        }
    }

    /// <summary>Whether this authority signed the certificate.</summary>
    public bool HasIssued(ApplicationCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Certificate.IsIssuerOf(certificate) && certificate.IsSignedBy(Certificate);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The self-signed certificate of a new authority (RFC 5280, 4.2.1.3 and 4.2.1.9): signs applications and lists, no further authorities.</summary>
    internal static ApplicationCertificate SelfSign(KeyPair key, X500DistinguishedName subject, TimeSpan lifetime, TimeProvider time)
    {
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var contents = new CertificateContents
        {
            SerialNumber = SerialNumbers.Create(),
            Issuer = subject,
            Subject = subject,
            NotBefore = now - SelfSignedCertificate.Backdate,
            NotAfter = now + lifetime,
            PublicKey = key.PublicKey,
            KeyUsages = CertificateUsages.Authority,
            BasicConstraints = new BasicConstraints(IsCertificateAuthority: true, PathLength: 0),
            AuthorityKeyIdentifier = key.PublicKey.KeyIdentifier,
        };
        return ApplicationCertificate.Parse(CertificateContents.Sign(contents.Encode(key.SignatureAlgorithm), key));
    }
}
