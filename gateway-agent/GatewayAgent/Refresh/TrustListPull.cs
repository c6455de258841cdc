using GatewayAgent.Folders;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Gds;

namespace GatewayAgent.Refresh;

/// <summary>The trust list that counts, where it is kept, and what else the GDS has given before.</summary>
internal sealed record GivenTrust(TrustSet Set, TrustListState Kept, IReadOnlyList<TrustSet> Before, IReadOnlyList<string> Notes)
{
    /// <summary>How often the application had been pushed to when this was looked up.</summary>
    public int Pushes { get; init; }
}

/// <summary>Gets the trust list of an application: from the GDS where it has changed there, else as it was kept (Part 12, 7.6).</summary>
internal sealed class TrustListPull(TimeProvider time, ILogger<TrustListPull> logger)
{
    /// <param name="list">The trust list at the GDS.</param>
    /// <param name="lastUpdate">When it was changed there; DateTimeOffset.MinValue where the GDS does not know, so that only reading it tells.</param>
    public async Task<GivenTrust> RunAsync(DirectoryClient directory, ManagedApplication application, NodeId list, DateTimeOffset lastUpdate, CancellationToken cancellationToken)
    {
        var pushes = application.Store.Pushes;
        var kept = await KeptAsync(application, cancellationToken);
        if (kept is not null && kept.Kept.LastUpdate == lastUpdate && lastUpdate > DateTimeOffset.UnixEpoch) return kept;

        var content = TrustListContent.Encode(await directory.ReadTrustListAsync(list, cancellationToken: cancellationToken));
        var (set, notes) = TrustSet.Parse(content);
        Log.TrustListRead(logger, application.Name, lastUpdate, set.TrustedCertificates.Length, set.IssuerCertificates.Length, set.Crls.Count());
        foreach (var note in notes) Log.Noted(logger, application.Name, note);
        var next = new TrustListState(await application.Store.KeepTrustListAsync(content, cancellationToken), lastUpdate, time.GetUtcNow());
        return new GivenTrust(set, next, await BeforeAsync(application, cancellationToken), notes) { Pushes = pushes };
    }

    /// <summary>The list that was read last, as it lies on disk; null where there is none or its file is damaged.</summary>
    public static async Task<GivenTrust?> KeptAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        var pushes = application.Store.Pushes;
        var state = await application.Store.ReadAsync(cancellationToken);
        var content = await application.Store.FindTrustListAsync(state.TrustList, cancellationToken);
        if (content is null) return null;
        var (set, notes) = TrustSet.Parse(content);
        return new GivenTrust(set, state.TrustList!, await BeforeAsync(application, cancellationToken), notes) { Pushes = pushes };
    }

    /// <summary>Every list of the GDS that may have left entries in the folder, also one whose installation was cut off.</summary>
    private static async Task<IReadOnlyList<TrustSet>> BeforeAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        List<TrustSet> before = [];
        foreach (var each in new[] { state.TrustList, state.NextTrustList })
        {
            if (await application.Store.FindTrustListAsync(each, cancellationToken) is { } content) before.Add(TrustSet.Parse(content).Set);
        }

        return before;
    }
}
