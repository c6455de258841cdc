using System.Text;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>The bytes of a private key as a layout wants them in a file.</summary>
internal static class PrivateKeyContent
{
    public static byte[] Of(IdentityCertificate own, PrivateKeyFormat format, string? password) => format switch
    {
        PrivateKeyFormat.Keystore => Keystore.Empty(password ?? "").With(own.Certificate.CommonName ?? own.Certificate.Subject, own.Certificate, own.Key, own.Issuers),
        PrivateKeyFormat.Pfx => PfxFile.Build(own.Certificate, own.Key, own.Issuers, password ?? ""),
        PrivateKeyFormat.Der => string.IsNullOrEmpty(password) ? own.Key.ExportPkcs8() : throw new PkiException("A layout with keys in DER does not know encrypted keys; leave the password out."),
        _ => Encoding.ASCII.GetBytes(string.IsNullOrEmpty(password) ? own.Key.ExportPem() : own.Key.ExportEncryptedPem(password)),
    };
}
