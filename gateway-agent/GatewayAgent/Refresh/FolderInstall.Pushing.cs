using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.State;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Refresh;

/// <content>
/// What is pushed goes the same way as what is pulled. A pushed list is meant whole: afterwards the folder holds it and nothing
/// else, and it counts as given by the GDS, so that a later pull replaces it and does not take it for somebody's own.
/// </content>
internal sealed partial class FolderInstall
{
    private const string PushedOwn = "pushed-own-";
    private const string PushedList = "pushed-list-";

    /// <summary>What speaks against the set; nothing is touched.</summary>
    public async Task<CertificateFault?> FindFaultAsync(ManagedApplication application, AgentConfiguration configuration, PushedSet pushed, CancellationToken cancellationToken)
    {
        if (pushed.List is { } list && TrustSetReview.FindFault(list, time.GetUtcNow(), configuration.ClockSkew) is { } problem)
            return new CertificateFault(problem, IsFinal: false, StatusCodes.BadCertificateRevocationUnknown);
        if (pushed.Own is not { } own) return null;
        var beside = pushed.List ?? await application.Stores[0].ReadAsync(cancellationToken);
        return await CertificateReview.FindFaultAsync(own, application.ApplicationUri, beside, configuration.ClockSkew, time, cancellationToken);
    }

    /// <returns>The way back; null where the folders held exactly this already.</returns>
    public async Task<PushReceipt?> PushAsync(ManagedApplication application, AgentConfiguration configuration, PushedSet pushed, CancellationToken cancellationToken)
    {
        await application.Changing.WaitAsync(cancellationToken);
        try
        {
            await FinishTrialAsync(application, cancellationToken);
            var before = await application.Store.ReadAsync(cancellationToken);
            if (await FindFaultAsync(application, configuration, pushed, cancellationToken) is { } fault)
            {
                if (fault.IsFinal && before.Pending?.Certificate?.AsSpan().SequenceEqual(pushed.Own?.Certificate.Der) == true)
                    await application.Store.ChangeAsync(s => s with { Pending = null }, cancellationToken);
                throw new AgentProblem(ProblemKind.Refused, fault.Text);
            }

            var content = await application.Store.FindTrustListAsync(before.TrustList, cancellationToken);
            application.Store.Pushes++;
            var changes = await FindPushedAsync(application, before, pushed, cancellationToken);
            var update = NewUpdate();
            var list = await IntendAsync(application, before, pushed, cancellationToken);
            if (changes.Count == 0) await SettleAsync(application, null, pushed.Own, cancellationToken);
            else await ChangePushedAsync(application, before, list, pushed, changes, update, cancellationToken);
            if (pushed.List is { } whole) await ForgetContradictedAsync(application, whole, cancellationToken);
            var now = time.GetUtcNow();
            await application.Store.ChangeAsync(s => s with { State = SyncState.InSync, LastAttempt = now, LastSync = now, LastError = null, Note = null }, cancellationToken);
            return changes.Count == 0 ? null : new PushReceipt(update, await ChangedByAsync(update, changes.Select(c => c.Store), cancellationToken), before.TrustList, content, before.Local);
        }
        finally
        {
            application.Changing.Release();
        }
    }

    /// <summary>Brings back what a push has replaced, and tells the gateway.</summary>
    /// <exception cref="AgentProblem">
    /// A folder was changed again after the push. Rolling back would undo that later change, so nothing is undone; the next
    /// cycle makes the folders what the GDS wants.
    /// </exception>
    public async Task UndoAsync(ManagedApplication application, PushReceipt receipt, CancellationToken cancellationToken)
    {
        await application.Changing.WaitAsync(cancellationToken);
        try
        {
            var stillThere = await ChangedByAsync(receipt.Update, receipt.Stores, cancellationToken);
            if (receipt.Stores.Except(stillThere).ToList() is { Count: > 0 } later)
                throw new AgentProblem(ProblemKind.Refused, $"{application.Name}: the push is not taken back, because the trust folder '{later[0].Path}' was changed again after it.");
            application.Store.Pushes++;
            foreach (var store in receipt.Stores.Reverse()) await store.RollbackAsync(cancellationToken);
            if (receipt.ListContent is { } content) await application.Store.KeepTrustListAsync(content, cancellationToken);
            await application.Store.ChangeAsync(s => s with { TrustList = receipt.TrustList, NextTrustList = s.TrustList, Local = receipt.Local }, cancellationToken);
            Log.RolledBack(logger, application.Name, "the transaction that it was pushed in was taken back");
            await reload.RunAsync(application.Configuration, cancellationToken);
        }
        finally
        {
            application.Changing.Release();
        }
    }

    /// <summary>
    /// Writes down what is about to be done, as a list and a certificate of the GDS that only have to be put in place: after a
    /// kill the next cycle does that. The time at which the GDS changed its list stays that of the last pull: whoever spoke last
    /// counts until the other one speaks again.
    /// </summary>
    private async Task<TrustListState?> IntendAsync(ManagedApplication application, ApplicationState before, PushedSet pushed, CancellationToken cancellationToken)
    {
        var list = pushed.List is { } set
            ? new TrustListState(await application.Store.KeepTrustListAsync(Encode(set), cancellationToken), before.TrustList?.LastUpdate ?? DateTimeOffset.UnixEpoch, time.GetUtcNow())
            : null;
        var pending = pushed.Own is { } own
            ? new PendingRequest
            {
                KeyFile = await application.Store.KeepKeyAsync(own.Key, cancellationToken),
                Started = time.GetUtcNow(),
                Reason = "it was pushed",
                Certificate = own.Certificate.Der,
                Issuers = [.. own.Issuers.Select(i => i.Der)],
            }
            : before.Pending;
        if (list is null && pushed.Own is null) return null;
        await application.Store.ChangeAsync(s => s with { TrustList = list ?? s.TrustList, NextTrustList = list is null ? s.NextTrustList : before.TrustList, Pending = pending }, cancellationToken);
        return list;
    }

    private async Task ChangePushedAsync(ManagedApplication application, ApplicationState before, TrustListState? list, PushedSet pushed, IReadOnlyList<StoreChange> changes, string update, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(application, list: null, pushed.Own, changes, update, DigestOf(list, pushed), cancellationToken);
        }
        catch (AgentProblem)
        {
            await application.Store.ChangeAsync(
                s => s with { TrustList = before.TrustList, NextTrustList = list ?? before.NextTrustList, Pending = before.Pending, Hold = before.Hold }, cancellationToken);
            throw;
        }
    }

    /// <summary>Takes up a trial that a kill cut off. A push that the gateway does not live with is over: nobody waits for it any more.</summary>
    private async Task FinishTrialAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        var digest = (await application.Store.ReadAsync(cancellationToken)).Trial?.Digest ?? "";
        try
        {
            await trials.FinishAsync(application, cancellationToken);
        }
        catch (AgentProblem) when (digest.StartsWith(PushedList, StringComparison.Ordinal))
        {
            await application.Store.ChangeAsync(s => s with { TrustList = s.NextTrustList, NextTrustList = s.TrustList, Pending = null }, cancellationToken);
            throw;
        }
        catch (AgentProblem) when (digest.StartsWith(PushedOwn, StringComparison.Ordinal))
        {
            await application.Store.ChangeAsync(s => s with { Pending = null }, cancellationToken);
            throw;
        }
    }

    private static byte[] Encode(TrustSet set) => TrustListContent.Encode(new TrustListDataType(
        TrustListMasks.All,
        [.. set.TrustedCertificates.Select(c => c.Der)], [.. set.TrustedCrls.Select(c => c.Der)],
        [.. set.IssuerCertificates.Select(c => c.Der)], [.. set.IssuerCrls.Select(c => c.Der)]));

    private static async Task<IReadOnlyList<StoreChange>> FindPushedAsync(ManagedApplication application, ApplicationState state, PushedSet pushed, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var each in new[] { state.TrustList, state.NextTrustList })
        {
            if (await application.Store.FindTrustListAsync(each, cancellationToken) is { } given) known.UnionWith(TrustSet.Parse(given).Set.Certificates.Select(c => c.Sha256));
        }

        List<StoreChange> changes = [];
        foreach (var store in application.Stores)
        {
            var folder = await store.ReadAsync(cancellationToken);
            var present = pushed.Own is null || !store.HasOwn ? null : (await store.ReadOwnAsync(cancellationToken)).Own;
            var sameOwn = pushed.Own is null || !store.HasOwn || present?.Certificate.Equals(pushed.Own.Certificate) == true;
            if (sameOwn && (pushed.List is null || (await store.FitAsync(pushed.List, cancellationToken)).SameAs(folder))) continue;
            var wanted = pushed.List ?? folder with { LocalAuthorities = [.. folder.Certificates.Where(c => c.IsCertificateAuthority)] };
            changes.Add(new StoreChange(store, wanted, sameOwn ? null : pushed.Own, Gone(folder, wanted, known)));
        }

        return changes;
    }

    /// <summary>The stores whose last change has this name.</summary>
    private static async Task<IReadOnlyList<GatewayStore>> ChangedByAsync(string update, IEnumerable<GatewayStore> stores, CancellationToken cancellationToken)
    {
        List<GatewayStore> changed = [];
        foreach (var store in stores)
        {
            if (await store.LastUpdateAsync(cancellationToken) == update) changed.Add(store);
        }

        return changed;
    }

    /// <summary>What goes from the folder although nobody had given it: it is kept aside.</summary>
    private static TrustSet Gone(TrustSet folder, TrustSet wanted, HashSet<string> known) => new(
        [.. folder.TrustedCertificates.Except(wanted.TrustedCertificates).Where(c => !known.Contains(c.Sha256))], [],
        [.. folder.IssuerCertificates.Except(wanted.IssuerCertificates).Where(c => !known.Contains(c.Sha256))], []);

    /// <summary>A technician's word ends where an administrator pushed the contrary: the next synchronisation must not bring it back.</summary>
    private static async Task ForgetContradictedAsync(ManagedApplication application, TrustSet list, CancellationToken cancellationToken)
    {
        var trusted = list.TrustedCertificates.Select(c => c.Sha256).ToHashSet(StringComparer.Ordinal);
        var state = await application.Store.ReadAsync(cancellationToken);
        if (state.Local.All(Holds)) return;
        await application.Store.ChangeAsync(s => s with { Local = [.. s.Local.Where(Holds)] }, cancellationToken);

        bool Holds(LocalDecision decision) => decision.Verdict == LocalVerdict.Trusted == trusted.Contains(decision.Sha256);
    }

    private static string DigestOf(TrustListState? list, PushedSet pushed) =>
        (list is null ? PushedOwn : PushedList) + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{list?.File}|{pushed.Own?.Certificate.Sha256}")))[..16];
}
