using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Interop.Driving;

namespace Interop.Ours;

/// <summary>A small certificate authority, so that peers meet certificates with issuers and revocation lists.</summary>
internal sealed class PlantAuthority : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly CertificateRevocationListBuilder _revoked = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private byte _lastSerial = 1;

    public PlantAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(_now.AddHours(-1), _now.AddDays(30));
    }

    public byte[] Der => _certificate.RawData;

    public byte[] Crl => _revoked.Build(_certificate, 1, _now.AddDays(7), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, _now.AddMinutes(-5));

    /// <summary>Issues an application certificate; its file holds the authority's certificate behind it.</summary>
    public PeerCertificate Issue(string folder, string name, string applicationUri)
    {
        using var key = RSA.Create(2048);
        using var certificate = Create(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), applicationUri);
        Directory.CreateDirectory(folder);
        var (certificateFile, keyFile) = (Path.Combine(folder, $"{name}.pem"), Path.Combine(folder, $"{name}.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem() + "\n" + _certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return new(certificateFile, keyFile, applicationUri, certificate.RawData);
    }

    /// <summary>Issues a certificate over a PKCS#10 request, whose signature is checked.</summary>
    public byte[] Sign(byte[] signingRequest, string applicationUri)
    {
        var asked = CertificateRequest.LoadSigningRequest(signingRequest, HashAlgorithmName.SHA256);
        using var certificate = Create(new CertificateRequest(asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256), applicationUri);
        return certificate.RawData;
    }

    private X509Certificate2 Create(CertificateRequest request, string applicationUri)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(applicationUri));
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], false));
        using var signed = request.Create(_certificate.SubjectName, X509SignatureGenerator.CreateForRSA(_key, RSASignaturePadding.Pkcs1), _now.AddHours(-1), _now.AddDays(20), [++_lastSerial]);
        return X509CertificateLoader.LoadCertificate(signed.RawData);
    }

    public void Revoke(PeerCertificate certificate)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(certificate.Der);
        _revoked.AddEntry(parsed, _now.AddMinutes(-1));
    }

    /// <summary>Trusts the authority in a trust folder of node-opcua, with its revocation list of this moment.</summary>
    public void TrustIn(string pkiFolder)
    {
        PeerFolder.Trust(pkiFolder, Der);
        foreach (var list in (string[])["trusted", "issuers"])
        {
            var crls = Directory.CreateDirectory(Path.Combine(pkiFolder, list, "crl")).FullName;
            File.WriteAllText(Path.Combine(crls, "plant.pem"), PemEncoding.WriteString("X509 CRL", Crl));
        }

        var issuers = Directory.CreateDirectory(Path.Combine(pkiFolder, "issuers", "certs")).FullName;
        File.WriteAllText(Path.Combine(issuers, "plant.pem"), _certificate.ExportCertificatePem());
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
