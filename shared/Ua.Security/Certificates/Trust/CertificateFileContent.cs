using System.Text;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>The bytes of a certificate or list as a layout wants them in a file.</summary>
internal static class CertificateFileContent
{
    public static byte[] Of(ApplicationCertificate certificate, FileEncoding encoding) =>
        encoding == FileEncoding.Pem ? Encoding.UTF8.GetBytes(PemFile.Write(certificate)) : certificate.Der;

    public static byte[] Of(CertificateRevocationList list, FileEncoding encoding) =>
        encoding == FileEncoding.Pem ? Encoding.UTF8.GetBytes(PemFile.WriteCrl(list)) : list.Der;
}
