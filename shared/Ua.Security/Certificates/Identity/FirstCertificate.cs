using System.Net;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>What an application does at its first start: a key pair that only its owner can read, and a certificate signed by itself.</summary>
internal static class FirstCertificate
{
    public static async Task<IdentityCertificate> CreateAsync(TrustFolder folder, ApplicationIdentityOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = await Task.Run(() => KeyPair.Create(options.KeyKind), cancellationToken).ConfigureAwait(false);
        var names = LocalHostNames.Names().Concat(options.HostNames.Where(h => !IPAddress.TryParse(h, out _)));
        var addresses = LocalHostNames.Addresses().Concat(options.HostNames.Where(h => IPAddress.TryParse(h, out _)).Select(IPAddress.Parse));
        var subject = SubjectName.Build(options.ApplicationName, organization: options.Organization ?? LocalHostNames.HostName);
        var certificate = SelfSignedCertificate.Create(UriOf(options), subject, names, addresses, key, options.Lifetime, time);
        var own = new IdentityCertificate(certificate, key, []);
        await WriteAsync(folder, own, options.PrivateKeyPassword, cancellationToken).ConfigureAwait(false);
        return own;
    }

    /// <summary>urn:host:product, with whatever a URN cannot carry escaped.</summary>
    public static string UriOf(ApplicationIdentityOptions options) =>
        options.ApplicationUri ?? $"urn:{Uri.EscapeDataString(LocalHostNames.HostName)}:{Uri.EscapeDataString(options.ProductName ?? options.ApplicationName)}";

    /// <summary>The key first: a certificate without its key is worth nothing, a key without its certificate does no harm.</summary>
    private static async Task WriteAsync(TrustFolder folder, IdentityCertificate own, Func<string, string?>? password, CancellationToken cancellationToken)
    {
        folder.CreateDirectories();
        var layout = folder.Paths.Own;
        var keyFile = Path.Combine(folder.Paths.OwnPrivateKeys, SafeFileName.ForCertificate(layout.PrivateKeyFile, own.Certificate));
        var certificateFile = Path.Combine(folder.Paths.OwnCertificates, SafeFileName.ForCertificate(layout.CertificateFile, own.Certificate));
        var content = PrivateKeyContent.Of(own, layout.PrivateKeyFormat, password?.Invoke(keyFile));
        await AtomicFile.WriteAsync(keyFile, content, FileProtection.OwnerOnly, cancellationToken).ConfigureAwait(false);
        if (layout.PrivateKeyFormat == PrivateKeyFormat.Keystore) return;
        await AtomicFile.WriteAsync(certificateFile, CertificateFileContent.Of(own.Certificate, layout.CertificateEncoding), FileProtection.Default, cancellationToken).ConfigureAwait(false);
    }
}
