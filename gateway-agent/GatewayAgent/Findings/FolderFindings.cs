using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Ua.Security.Certificates;

namespace GatewayAgent.Findings;

/// <summary>Compares the folders with what the GDS gave and what was decided on this machine.</summary>
internal sealed class FolderFindings : IFindings
{
    /// <summary>Findings of one application that are reported at most: a rejected folder can be filled from outside.</summary>
    public const int Most = 200;

    public async Task<FindingsReport> OfAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        var kept = await TrustListPull.KeptAsync(application, cancellationToken);
        var known = (kept is null ? [] : kept.Before.Append(kept.Set)).SelectMany(s => s.Certificates).Select(c => c.Sha256).ToHashSet(StringComparer.Ordinal);
        var decided = (await application.Store.ReadAsync(cancellationToken)).Local;
        List<Finding> all = [];
        foreach (var store in application.Stores)
        {
            var own = decided.Where(d => d.Store == store.Name).Select(d => d.Sha256).ToHashSet(StringComparer.Ordinal);
            foreach (var entry in await store.ListAsync(cancellationToken))
            {
                if (entry.Certificate is not { } certificate || own.Contains(certificate.Sha256)) continue;
                if (known.Contains(certificate.Sha256) && entry.Place != TrustFolderPlace.Rejected) continue;
                var kind = entry.Place == TrustFolderPlace.Rejected ? FindingKind.Rejected : FindingKind.Drift;
                all.Add(new Finding(kind, TreatmentOf(kind, application.Configuration.Drift), store.Name, entry.Place, certificate, entry.Path, entry.Changed));
            }
        }

        all.AddRange((await application.Store.RemovedAsync(cancellationToken)).Where(r => !known.Contains(r.Certificate.Sha256)).Select(Removed));
        return Report(application, all);
    }

    private static FindingTreatment TreatmentOf(FindingKind kind, DriftPolicy policy) =>
        kind == FindingKind.Drift && policy == DriftPolicy.Offer ? FindingTreatment.Offered : FindingTreatment.Left;

    private static Finding Removed(RemovedCertificate removed) =>
        new(FindingKind.Drift, FindingTreatment.Removed, removed.Store, removed.Place, removed.Certificate, removed.File, removed.At);

    private static FindingsReport Report(ManagedApplication application, List<Finding> all)
    {
        var reported = all
            .DistinctBy(f => (f.Store, f.Place, f.Treatment, f.Certificate.Sha256))
            .OrderByDescending(f => f.Seen).ThenBy(f => f.Certificate.Sha256, StringComparer.Ordinal)
            .Take(Most)
            .OrderBy(f => f.Store, StringComparer.Ordinal).ThenBy(f => f.Place).ThenBy(f => f.Certificate.Sha256, StringComparer.Ordinal)
            .ToList();
        var text = string.Join('\n', reported.Select(f => $"{f.Kind}|{f.Treatment}|{f.Store}|{f.Place}|{f.Certificate.Sha256}"));
        return new FindingsReport(application.ApplicationUri, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16], reported, all.Count - reported.Count);
    }
}
