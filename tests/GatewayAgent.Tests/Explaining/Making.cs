using System.Net;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Tests.Kit;
using Pki;

namespace GatewayAgent.Tests.Explaining;

/// <summary>What a certificate says; everything as a sound application has it unless changed. Dates are around now.</summary>
internal sealed record Making(string Name, int Key = 11)
{
    public const string PumpUri = "urn:plant:pump";

    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public IReadOnlyList<string> Uris { get; init; } = [PumpUri];

    public IReadOnlyList<string> Hosts { get; init; } = ["pump"];

    public TimeSpan From { get; init; } = TimeSpan.FromDays(-40);

    public TimeSpan To { get; init; } = TimeSpan.FromDays(300);

    public X509KeyUsageFlags Usages { get; init; } = CertificateUsages.RsaApplication;

    public IReadOnlyList<string> Extended { get; init; } = [CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication];

    public bool IsAuthority { get; init; }

    public KeyPair Pair => Authority.Key(Key);

    public Making AsAuthority() => this with { IsAuthority = true, Uris = [], Hosts = [], Extended = [], Usages = CertificateUsages.Authority, To = TimeSpan.FromDays(3000) };

    public Maker SelfSigned() => new(Sign(null), Pair);

    public ApplicationCertificate Sign(Maker? issuer)
    {
        var subject = SubjectName.Build(Name, organization: "Plant");
        var signer = issuer?.Pair ?? Pair;
        return ApplicationCertificate.Parse(CertificateContents.Sign(
            new CertificateContents
            {
                SerialNumber = SerialNumbers.Create(),
                Issuer = issuer?.Certificate.Name ?? subject,
                Subject = subject,
                NotBefore = Now + From,
                NotAfter = Now + To,
                PublicKey = Pair.PublicKey,
                KeyUsages = Usages,
                ExtendedKeyUsages = Extended,
                BasicConstraints = new BasicConstraints(IsAuthority, PathLength: null),
                AlternativeNames = new AlternativeNames(
                    Uris, [.. Hosts.Where(h => !IPAddress.TryParse(h, out _))], [.. Hosts.Where(h => IPAddress.TryParse(h, out _)).Select(IPAddress.Parse)]),
                AuthorityKeyIdentifier = (issuer?.Certificate.PublicKey ?? Pair.PublicKey).KeyIdentifier,
            }.Encode(signer.SignatureAlgorithm),
            signer));
    }
}

/// <summary>A certificate with its key, which can issue others.</summary>
internal sealed record Maker(ApplicationCertificate Certificate, KeyPair Pair)
{
    public ApplicationCertificate Issue(Making making) => making.Sign(this);

    public Maker IssueAuthority(Making making) => new(making.AsAuthority().Sign(this), making.Pair);

    public IdentityCertificateParts Own(Making making) => new(making.Sign(this), making.Pair);

    public CertificateRevocationList Crl(int fromDays = -2, int toDays = 28, int number = 1, params ApplicationCertificate[] revoked) =>
        CertificateRevocationList.Parse(CertificateRevocationList.Create(
            Certificate, Pair, revoked.Select(c => new RevokedCertificate(c.SerialNumber, Making.Now.AddDays(-1), RevocationReason.KeyCompromise)), number,
            Making.Now.AddDays(fromDays), Making.Now.AddDays(toDays)));
}

internal sealed record IdentityCertificateParts(ApplicationCertificate Certificate, KeyPair Pair);
