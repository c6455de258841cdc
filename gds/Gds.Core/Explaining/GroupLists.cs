using System.Globalization;
using Gds.Core.State;
using Gds.Store;
using Pki;
using Ua.Security.Certificates;

namespace Gds.Core.Explaining;

/// <summary>The trust lists of groups as a validator reads them; the source of each entry names the row it comes from.</summary>
internal static class GroupLists
{
    public static Ua.Security.Certificates.TrustLists Of(IReadOnlyList<GroupState> groups) => new(
        groups.SelectMany(g => g.Authorities.Select(a => new TrustListCertificate(a.Certificate, $"CA of {Name(g)}")).Concat(Certificates(g, TrustListPart.TrustedCertificate))),
        groups.SelectMany(g => g.Authorities.Where(a => a.Crl is not null).Select(a => new TrustListCrl(a.Crl!, $"CRL no. {a.Crl!.Number} of {Name(g)}")).Concat(Crls(g, TrustListPart.TrustedCrl))),
        groups.SelectMany(g => Certificates(g, TrustListPart.IssuerCertificate)),
        groups.SelectMany(g => Crls(g, TrustListPart.IssuerCrl)));

    public static string Name(GroupState group) => $"the trust list of {group.Name} (version {group.TrustListVersion}, {Date(group.TrustListUpdatedAt)})";

    public static string Date(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<TrustListCertificate> Certificates(GroupState group, TrustListPart part) =>
        group.Extras.Where(e => e.Part == part).Select(e => new TrustListCertificate(ApplicationCertificate.Parse(e.Der), Row(group, e)));

    private static IEnumerable<TrustListCrl> Crls(GroupState group, TrustListPart part) =>
        group.Extras.Where(e => e.Part == part).Select(e => new TrustListCrl(CertificateRevocationList.Parse(e.Der), Row(group, e)));

    private static string Row(GroupState group, ExtraEntry entry) => $"the {entry.Part} entry of {Name(group)}, added by {entry.AddedBy} on {Date(entry.AddedAt)}";
}
