using Pki;
using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>Puts what a client wrote into a trust list: the lists that it names are replaced, the others stay (Part 12, 7.8.2.5).</summary>
internal static class TrustListMerge
{
    /// <exception cref="UaException">Bad_CertificateInvalid for an entry that cannot be read.</exception>
    public static TrustListSet Apply(TrustListSet before, TrustListDataType written)
    {
        var masks = written.SpecifiedLists;
        var merged = new TrustListSet(
            masks.HasFlag(TrustListMasks.TrustedCertificates) ? Certificates(written.TrustedCertificates, "TrustedCertificates") : before.TrustedCertificates,
            masks.HasFlag(TrustListMasks.TrustedCrls) ? Crls(written.TrustedCrls, "TrustedCrls") : before.TrustedCrls,
            masks.HasFlag(TrustListMasks.IssuerCertificates) ? Certificates(written.IssuerCertificates, "IssuerCertificates") : before.IssuerCertificates,
            masks.HasFlag(TrustListMasks.IssuerCrls) ? Crls(written.IssuerCrls, "IssuerCrls") : before.IssuerCrls);

        // A revocation list that the client did not write goes with its authority; one that it wrote without an authority is its mistake.
        var pruned = merged.WithoutStrayCrls();
        return merged with
        {
            TrustedCrls = masks.HasFlag(TrustListMasks.TrustedCrls) ? merged.TrustedCrls : pruned.TrustedCrls,
            IssuerCrls = masks.HasFlag(TrustListMasks.IssuerCrls) ? merged.IssuerCrls : pruned.IssuerCrls,
        };
    }

    private static List<ApplicationCertificate> Certificates(byte[]?[] entries, string list) =>
        [.. Read(entries, list, "certificate", der => ApplicationCertificate.Parse(der)).Distinct()];

    private static List<CertificateRevocationList> Crls(byte[]?[] entries, string list) =>
        [.. Read(entries, list, "revocation list", der => CertificateRevocationList.Parse(der)).DistinctBy(c => c.Thumbprint)];

    private static IEnumerable<T> Read<T>(byte[]?[] entries, string list, string what, Func<byte[], T> parse)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            T entry;
            try
            {
                entry = parse(entries[i] ?? []);
            }
            catch (PkiException e)
            {
                throw new UaException(StatusCodes.BadCertificateInvalid, $"{list}[{i}] is no {what} in DER: {e.Message}", e);
            }

            yield return entry;
        }
    }
}
