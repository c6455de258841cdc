using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Interop.Driving;

/// <summary>A certificate of a peer and its key, as files and in memory.</summary>
internal sealed record PeerCertificate(string CertificateFile, string PrivateKeyFile, string ApplicationUri, byte[] Der);

/// <summary>Application certificates and trust folders for peers that no GDS has served yet.</summary>
internal static class PeerFolder
{
    /// <summary>Makes a self-signed application certificate for this host.</summary>
    public static PeerCertificate SelfSigned(string folder, string name, string applicationUri)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(applicationUri));
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment
            | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyCertSign,
            true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(30));
        Directory.CreateDirectory(folder);
        var (certificateFile, keyFile) = (Path.Combine(folder, $"{name}.pem"), Path.Combine(folder, $"{name}.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return new(certificateFile, keyFile, applicationUri, certificate.RawData);
    }

    /// <summary>Trusts a certificate in a trust folder of node-opcua, where a copy among the rejected ones would win.</summary>
    public static void Trust(string pkiFolder, byte[] certificate)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        var thumbprint = parsed.Thumbprint;
        var rejected = Path.Combine(pkiFolder, "rejected");
        if (Directory.Exists(rejected))
            foreach (var file in Directory.EnumerateFiles(rejected).Where(file => file.Contains(thumbprint, StringComparison.OrdinalIgnoreCase)))
                File.Delete(file);
        var trusted = Directory.CreateDirectory(Path.Combine(pkiFolder, "trusted", "certs")).FullName;
        File.WriteAllText(Path.Combine(trusted, $"peer[{thumbprint}].pem"), PemEncoding.WriteString("CERTIFICATE", certificate));
    }
}
