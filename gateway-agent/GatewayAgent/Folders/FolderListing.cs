using GatewayAgent.Refresh;
using GatewayAgent.State;
using Ua.Security.Certificates;

namespace GatewayAgent.Folders;

/// <summary>One certificate or list of a trust folder as the command line shows it.</summary>
/// <param name="Place">trusted, issuer or rejected.</param>
/// <param name="Origin">gds, local (decided or put there on this machine) or seen (rejected and undecided).</param>
internal sealed record FolderItem(
    string Application, string Store, string Place, string Kind, string Origin, string? Thumbprint, string Subject, string? Issuer, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, string? Problem, string File);

/// <summary>Lists what lies in the folders of an application and where each thing comes from.</summary>
internal static class FolderListing
{
    public static async Task<IReadOnlyList<FolderItem>> ReadAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        var kept = await TrustListPull.KeptAsync(application, cancellationToken);
        var given = kept is null ? [] : kept.Before.Append(kept.Set).ToList();
        var certificates = given.SelectMany(s => s.Certificates).Select(c => c.Sha256).ToHashSet(StringComparer.Ordinal);
        var lists = given.SelectMany(s => s.Crls).Select(c => c.Thumbprint).ToHashSet(StringComparer.Ordinal);
        var decisions = (await application.Store.ReadAsync(cancellationToken)).Local;
        List<FolderItem> items = [];
        foreach (var store in application.Stores)
        {
            foreach (var entry in await store.ListAsync(cancellationToken)) items.Add(Item(application.Name, store.Name, entry, OriginOf(entry, store.Name)));
        }

        return items;

        string OriginOf(TrustFolderEntry entry, string store)
        {
            if (entry.Certificate is { } c && certificates.Contains(c.Sha256) && entry.Place != TrustFolderPlace.Rejected) return "gds";
            if (entry.Crl is { } l && lists.Contains(l.Thumbprint)) return "gds";
            if (entry.Place != TrustFolderPlace.Rejected) return "local";
            return decisions.Any(d => d.Verdict == LocalVerdict.Rejected && d.Store == store && d.Sha256 == entry.Certificate?.Sha256) ? "local" : "seen";
        }
    }

    private static FolderItem Item(string application, string store, TrustFolderEntry entry, string origin) => entry switch
    {
        { Certificate: { } c } => new(application, store, PlaceOf(entry), c.IsCertificateAuthority ? "authority" : "certificate", origin, c.Thumbprint, c.Subject, c.Issuer, c.NotBefore, c.NotAfter, null, entry.Path),
        { Crl: { } l } => new(application, store, PlaceOf(entry), "crl", origin, l.Thumbprint, l.Issuer, l.Issuer, l.ThisUpdate, l.NextUpdate, null, entry.Path),
        _ => new(application, store, PlaceOf(entry), "unreadable", origin, null, "", null, null, null, entry.Problem, entry.Path),
    };

    private static string PlaceOf(TrustFolderEntry entry) => entry.Place switch
    {
        TrustFolderPlace.Trusted => "trusted",
        TrustFolderPlace.Issuer => "issuer",
        _ => "rejected",
    };
}
