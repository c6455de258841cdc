using System.Collections.Immutable;
using Pki;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace GatewayAgent.Folders;

/// <summary>The four parts of a trust list as certificates and revocation lists (Part 12, 7.8.2.8), wherever they came from.</summary>
internal sealed record TrustSet(
    ImmutableArray<ApplicationCertificate> TrustedCertificates,
    ImmutableArray<CertificateRevocationList> TrustedCrls,
    ImmutableArray<ApplicationCertificate> IssuerCertificates,
    ImmutableArray<CertificateRevocationList> IssuerCrls)
{
    public static TrustSet Empty { get; } = new([], [], [], []);

    /// <summary>Authorities among the certificates that are trusted on this machine only: the GDS does not answer for their revocation lists.</summary>
    public ImmutableArray<ApplicationCertificate> LocalAuthorities { get; init; } = [];

    public IEnumerable<ApplicationCertificate> Certificates => TrustedCertificates.Concat(IssuerCertificates);

    public IEnumerable<CertificateRevocationList> Crls => TrustedCrls.Concat(IssuerCrls);

    /// <summary>Reads a trust list file of the GDS. Certificates that cannot be read are left out and told; a list that cannot be read is an error, since it may revoke.</summary>
    public static (TrustSet Set, IReadOnlyList<string> Notes) Parse(ReadOnlySpan<byte> file)
    {
        var list = TrustListContent.Decode(file);
        if (list.SpecifiedLists != TrustListMasks.All)
            throw new AgentProblem(ProblemKind.Refused, $"The GDS gave only a part of the trust list ({list.SpecifiedLists}); all of it is needed to replace the folder.");
        List<string> notes = [];
        var set = new TrustSet(
            [.. ReadAll("trusted certificates", list.TrustedCertificates, notes)],
            Newest(Lists("trusted revocation lists", list.TrustedCrls)),
            [.. ReadAll("issuer certificates", list.IssuerCertificates, notes)],
            Newest(Lists("issuer revocation lists", list.IssuerCrls)));
        return (set, notes);
    }

    public static TrustSet Of(TrustLists lists) => new(
        [.. lists.TrustedCertificates.Select(c => c.Certificate).Distinct()],
        [.. lists.TrustedCrls.Select(c => c.Crl).DistinctBy(c => c.Thumbprint)],
        [.. lists.IssuerCertificates.Select(c => c.Certificate).Distinct()],
        [.. lists.IssuerCrls.Select(c => c.Crl).DistinctBy(c => c.Thumbprint)]);

    public TrustLists ToTrustLists(string source) => new(
        TrustedCertificates.Select(c => new TrustListCertificate(c, source)),
        TrustedCrls.Select(c => new TrustListCrl(c, source)),
        IssuerCertificates.Select(c => new TrustListCertificate(c, source)),
        IssuerCrls.Select(c => new TrustListCrl(c, source)));

    /// <summary>Same content, in whatever order.</summary>
    public bool SameAs(TrustSet other) =>
        Same(TrustedCertificates.Select(c => c.Sha256), other.TrustedCertificates.Select(c => c.Sha256))
        && Same(TrustedCrls.Select(c => c.Thumbprint), other.TrustedCrls.Select(c => c.Thumbprint))
        && Same(IssuerCertificates.Select(c => c.Sha256), other.IssuerCertificates.Select(c => c.Sha256))
        && Same(IssuerCrls.Select(c => c.Thumbprint), other.IssuerCrls.Select(c => c.Thumbprint));

    /// <summary>Of several lists of one authority the newest: only that one counts, and folders hold one file for each.</summary>
    public static ImmutableArray<CertificateRevocationList> Newest(IEnumerable<CertificateRevocationList> lists) =>
        [.. lists.GroupBy(l => (l.Issuer, Convert.ToHexString(l.AuthorityKeyIdentifier ?? []))).Select(g => g.OrderBy(l => l.ThisUpdate).ThenBy(l => l.Number).Last())];

    private static bool Same(IEnumerable<string> a, IEnumerable<string> b) => a.ToHashSet(StringComparer.Ordinal).SetEquals(b);

    private static List<ApplicationCertificate> ReadAll(string part, byte[]?[] entries, List<string> notes)
    {
        List<ApplicationCertificate> read = [];
        for (var i = 0; i < entries.Length; i++)
        {
            try
            {
                read.Add(ApplicationCertificate.Parse(entries[i]));
            }
            catch (PkiException e)
            {
                notes.Add($"entry {i + 1} of the {part} cannot be read and was left out: {e.Message}");
            }
        }

        return [.. read.Distinct()];
    }

    private static List<CertificateRevocationList> Lists(string part, byte[]?[] entries)
    {
        List<CertificateRevocationList> read = [];
        for (var i = 0; i < entries.Length; i++)
        {
            try
            {
                read.Add(CertificateRevocationList.Parse(entries[i]));
            }
            catch (PkiException e)
            {
                throw new AgentProblem(ProblemKind.Refused, $"Entry {i + 1} of the {part} that the GDS gave cannot be read, so what it revokes is not known: {e.Message}", e);
            }
        }

        return read;
    }
}
