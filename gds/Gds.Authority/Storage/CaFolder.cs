using System.Text;
using Pki;

namespace Gds.Authority;

/// <summary>The two files of one authority: the encrypted key, and the certificate, which is written last and only then counts.</summary>
internal sealed class CaFolder(string path)
{
    private const string KeyName = "ca.key.pem", CertificateName = "ca.pem";

    public string Path { get; } = path;

    public string KeyFile => System.IO.Path.Combine(Path, KeyName);

    public string CertificateFile => System.IO.Path.Combine(Path, CertificateName);

    public bool HasKey => File.Exists(KeyFile);

    public bool HasCertificate => File.Exists(CertificateFile);

    public void Create()
    {
        OwnerOnlyDirectory.Create(Path);
        AtomicFile.RemoveLeftovers(Path);
    }

    public Task WriteKeyAsync(KeyPair key, string secret, CancellationToken cancellationToken) =>
        AtomicFile.WriteTextAsync(KeyFile, key.ExportEncryptedPem(secret) + "\n", FileProtection.OwnerOnly, cancellationToken);

    public Task WriteCertificateAsync(ApplicationCertificate certificate, CancellationToken cancellationToken) =>
        AtomicFile.WriteTextAsync(CertificateFile, PemFile.Write(certificate), FileProtection.Default, cancellationToken);

    public async Task<KeyPair> ReadKeyAsync(string secret, IKeyProtection protection, CancellationToken cancellationToken)
    {
        try
        {
            return KeyPair.ImportPem(await File.ReadAllTextAsync(KeyFile, Encoding.ASCII, cancellationToken), secret);
        }
        catch (Exception e) when (e is PkiException or IOException or UnauthorizedAccessException)
        {
            throw new AuthorityException(
                AuthorityFault.KeyUnavailable,
                $"The private key '{KeyFile}' of the certificate authority cannot be opened with the secret from {protection.Source}: {e.Message}",
                e);
        }
    }

    public async Task<ApplicationCertificate> ReadCertificateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return PemFile.ReadCertificates(await File.ReadAllBytesAsync(CertificateFile, cancellationToken))[0];
        }
        catch (Exception e) when (e is PkiException or IOException or UnauthorizedAccessException)
        {
            throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The certificate '{CertificateFile}' of the certificate authority cannot be read: {e.Message}", e);
        }
    }
}
