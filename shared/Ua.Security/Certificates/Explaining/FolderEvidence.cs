using Pki;

namespace Ua.Security.Certificates;

/// <summary>What a product sees of its trust folder, and what lies there without being seen. Read anew; nothing is changed.</summary>
/// <param name="Lists">The lists as the product reads them.</param>
/// <param name="Sightings">Files that do not count: rejected, misplaced, in a form that is not read, unreadable.</param>
public sealed record FolderEvidence(TrustLists Lists, IReadOnlyList<Sighting> Sightings)
{
    private const int MostStrayFiles = 1000;

    /// <exception cref="Ua.Core.UaException">A directory of the folder cannot be read.</exception>
    public static async Task<FolderEvidence> CollectAsync(TrustFolder folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var all = await folder.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var forms = new FileForms(folder.Layout);
        List<Sighting> sightings = [.. all.Skipped.Select(s => new Sighting(SightingPlace.Unreadable, s.Path, $"cannot be used: {s.Reason}"))];
        foreach (var certificate in all.TrustedCertificates.Concat(all.IssuerCertificates).DistinctBy(c => c.Source))
            if (forms.WhyNotRead(certificate.Source, isCrl: false) is { } why) sightings.Add(new(SightingPlace.Unread, certificate.Source, why, certificate.Certificate));
        foreach (var list in all.TrustedCrls.Concat(all.IssuerCrls).DistinctBy(c => c.Source))
            if (forms.WhyNotRead(list.Source, isCrl: true) is { } why) sightings.Add(new(SightingPlace.Unread, list.Source, why, Crl: list.Crl));

        var unread = sightings.Where(s => s.Place == SightingPlace.Unread).Select(s => s.File).ToHashSet(StringComparer.Ordinal);
        sightings.AddRange(await RejectedAsync(folder, cancellationToken).ConfigureAwait(false));
        sightings.AddRange(Strays(folder.Paths));
        return new(Without(all, unread), sightings);
    }

    /// <summary>The certificates and lists of this folder as sightings for a judgement by another store of the product.</summary>
    public IEnumerable<Sighting> AsOtherStore(string store) =>
    [
        .. Lists.TrustedCertificates.Select(c => new Sighting(SightingPlace.OtherStore, c.Source, $"lies in the store '{store}' and not in the one that decides here", c.Certificate)),
        .. Lists.TrustedCrls.Concat(Lists.IssuerCrls).Select(c => new Sighting(SightingPlace.OtherStore, c.Source, $"lies in the store '{store}' and not in the one that decides here", Crl: c.Crl)),
    ];

    private static TrustLists Without(TrustLists lists, HashSet<string> files) => files.Count == 0 ? lists : new TrustLists(
        lists.TrustedCertificates.Where(c => !files.Contains(c.Source)),
        lists.TrustedCrls.Where(c => !files.Contains(c.Source)),
        lists.IssuerCertificates.Where(c => !files.Contains(c.Source)),
        lists.IssuerCrls.Where(c => !files.Contains(c.Source)),
        lists.Skipped);

    private static async Task<IEnumerable<Sighting>> RejectedAsync(TrustFolder folder, CancellationToken cancellationToken) =>
        (await folder.ListAsync(cancellationToken).ConfigureAwait(false))
            .Where(e => e.Place == TrustFolderPlace.Rejected && e.Certificate is not null)
            .Select(e => new Sighting(SightingPlace.Rejected, e.Path, "lies among the rejected certificates", e.Certificate));

    /// <summary>Certificates and lists in directories of the folder that the layout does not name.</summary>
    private static IEnumerable<Sighting> Strays(TrustFolderPaths paths)
    {
        if (!Directory.Exists(paths.Root)) yield break;
        string?[] known = [.. paths.Lists, paths.Rejected, paths.OwnCertificates, paths.OwnPrivateKeys];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 4 };
        var files = new DirectoryInfo(paths.Root).EnumerateFiles("*", options).Where(f => !known.Contains(f.DirectoryName)).Take(MostStrayFiles);
        foreach (var file in files)
        {
            if (file.Length is 0 or > CertificateRevocationList.LargestSize || AtomicFile.IsTemporary(file.Name)) continue;
            if (Read(file) is { Problem: null } read)
                yield return new(SightingPlace.Elsewhere, file.FullName, "lies where the product does not look", read.Certificates is [var first, ..] ? first : null, read.Crls is [var list, ..] ? list : null);
        }
    }

    private static TrustFile Read(FileInfo file)
    {
        try
        {
            return TrustFile.Parse(file.FullName, File.ReadAllBytes(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TrustFile.Bad(file.FullName, e.Message); // a stray file that nobody can read says nothing either way
        }
    }
}
