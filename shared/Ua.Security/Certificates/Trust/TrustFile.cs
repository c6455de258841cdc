using Pki;

namespace Ua.Security.Certificates;

/// <summary>What a file of a trust folder holds; found by looking inside, since products name files as they like.</summary>
internal sealed record TrustFile(string Path, IReadOnlyList<ApplicationCertificate> Certificates, IReadOnlyList<CertificateRevocationList> Crls, string? Problem)
{
    public static TrustFile Parse(string path, byte[] content)
    {
        if (content.Length == 0) return Bad(path, "it is empty");
        string? problem;
        try
        {
            return new TrustFile(path, PemFile.ReadCertificates(content), [], null);
        }
        catch (PkiException e)
        {
            problem = e.Message;
        }

        try
        {
            return new TrustFile(path, [], [CertificateRevocationList.Parse(content)], null);
        }
        catch (PkiException e)
        {
            return Bad(path, $"it is neither a certificate nor a revocation list, in DER or PEM. As a certificate: {problem} As a list: {e.Message}");
        }
    }

    public static TrustFile Bad(string path, string problem) => new(path, [], [], problem);
}
