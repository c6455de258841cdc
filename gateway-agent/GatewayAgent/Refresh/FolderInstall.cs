using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.Reload;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Security.Certificates;

namespace GatewayAgent.Refresh;

/// <summary>
/// Puts what the GDS gave into the folders of an application: reviewed first, swapped as a whole, the gateway told and looked
/// at, and everything taken back where the gateway does not live with it.
/// </summary>
internal sealed partial class FolderInstall(InstallTrials trials, GatewayReload reload, GatewayProbe probe, TimeProvider time, ILogger<FolderInstall> logger)
{
    /// <param name="own">A new certificate with its key; null leaves the present one.</param>
    /// <param name="byHand">A person asked for it: a set that was rolled back before is tried again.</param>
    /// <returns>A note for the status; null where there is nothing to say.</returns>
    public async Task<string?> RunAsync(ManagedApplication application, AgentConfiguration configuration, GivenTrust given, IdentityCertificate? own, bool byHand, CancellationToken cancellationToken)
    {
        await application.Changing.WaitAsync(cancellationToken);
        try
        {
            await FinishTrialAsync(application, cancellationToken);
            if (application.Store.Pushes != given.Pushes)
                throw new AgentProblem(ProblemKind.Refused, $"{application.Name} was pushed to while the GDS was asked; what the GDS said is looked at again in the next cycle.");
            TrustSetReview.Check(given.Set, time.GetUtcNow(), configuration.ClockSkew);
            await ReviewAsync(application, configuration, given, own, cancellationToken);
            var changes = await FindChangesAsync(application, given, own, cancellationToken);
            var withheld = Withheld(application, given.Set);
            if (changes.Count == 0)
            {
                await SettleAsync(application, given.Kept, own, cancellationToken);
                return withheld;
            }

            var digest = Digest(given, own, changes);
            await RefuseHeldAsync(application, digest, byHand, cancellationToken);
            var note = await ChangeAsync(application, given.Kept, own, changes, NewUpdate(), digest, cancellationToken);
            return note is null || withheld is null ? note ?? withheld : $"{note} {withheld}";
        }
        finally
        {
            application.Changing.Release();
        }
    }

    /// <summary>What the folders of the product cannot hold.</summary>
    private static string? Withheld(ManagedApplication application, TrustSet set)
    {
        var notes = application.Stores.SelectMany(s => s.Withheld(set)).Distinct().ToList();
        return notes.Count == 0 ? null : string.Join(' ', notes);
    }

    private async Task ReviewAsync(ManagedApplication application, AgentConfiguration configuration, GivenTrust given, IdentityCertificate? own, CancellationToken cancellationToken)
    {
        if (own is null) return;
        var fault = await CertificateReview.FindFaultAsync(own, application.ApplicationUri, given.Set, configuration.ClockSkew, time, cancellationToken);
        if (fault is null) return;
        if (fault.IsFinal) await application.Store.ChangeAsync(s => s with { Pending = null }, cancellationToken);
        throw new AgentProblem(ProblemKind.Refused, fault.Text);
    }

    private async Task<IReadOnlyList<StoreChange>> FindChangesAsync(ManagedApplication application, GivenTrust given, IdentityCertificate? own, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        List<StoreChange> changes = [];
        foreach (var store in application.Stores)
        {
            var folder = await store.ReadAsync(cancellationToken);
            var joined = TrustMerge.Join(given.Set, given.Before, folder, [.. state.Local.Where(l => l.Store == store.Name)], application.Configuration.Drift != DriftPolicy.Remove);
            var wanted = await store.FitAsync(joined, cancellationToken);
            var present = own is null || !store.HasOwn ? null : (await store.ReadOwnAsync(cancellationToken)).Own;
            var sameOwn = own is null || !store.HasOwn || (present is not null && present.Certificate.Equals(own.Certificate));
            var sameSet = wanted.SameAs(folder);
            if (sameSet && sameOwn) continue;
            if (!sameSet && state.TrustList?.File == given.Kept.File) Log.Drifted(logger, application.Name, store.Path);
            changes.Add(new StoreChange(store, joined, sameOwn ? null : own, DriftOf(folder, joined, given)));
        }

        return changes;
    }

    private static string NewUpdate() => Guid.NewGuid().ToString("N");

    /// <param name="list">The trust list that the changes bring into force; null where the one before stays.</param>
    private async Task<string?> ChangeAsync(ManagedApplication application, TrustListState? list, IdentityCertificate? own, IReadOnlyList<StoreChange> changes, string update, string digest, CancellationToken cancellationToken)
    {
        var answered = application.Configuration.Verify is { } verify && await probe.AnswersAsync(verify, cancellationToken);
        var trial = new InstallTrial(update, [.. changes.Select(c => c.Store.Name)], answered, digest);
        await application.Store.ChangeAsync(s => s with { NextTrustList = list ?? s.NextTrustList, Trial = trial, VerifiedAt = null }, cancellationToken);
        try
        {
            foreach (var change in changes)
            {
                await KeepDriftAsync(application, change, cancellationToken);
                await change.Store.ApplyAsync(change.Set, change.Own, trial.Update, cancellationToken);
                Log.Installed(logger, application.Name, change.Store.Path);
            }
        }
        catch (AgentProblem e)
        {
            throw new AgentProblem(ProblemKind.Refused, await trials.RollBackAsync(application, trial, e.Message, cancellationToken), e);
        }

        var note = await trials.VerifyAsync(application, trial, cancellationToken);
        await SettleAsync(application, list, own, cancellationToken);
        if (own is not null) Log.CertificateInstalled(logger, application.Name, own.Certificate.Thumbprint, own.Certificate.NotAfter);
        return note;
    }

    /// <summary>What goes from the folder although the GDS never gave it.</summary>
    private static TrustSet DriftOf(TrustSet folder, TrustSet wanted, GivenTrust given)
    {
        var known = given.Before.Append(given.Set).SelectMany(s => s.Certificates).ToHashSet();
        return new TrustSet(
            [.. folder.TrustedCertificates.Except(wanted.TrustedCertificates).Where(c => !known.Contains(c))], [],
            [.. folder.IssuerCertificates.Except(wanted.IssuerCertificates).Where(c => !known.Contains(c))], []);
    }

    private async Task KeepDriftAsync(ManagedApplication application, StoreChange change, CancellationToken cancellationToken)
    {
        foreach (var certificate in change.Drift.TrustedCertificates) await KeepAsync(TrustFolderPlace.Trusted, certificate);
        foreach (var certificate in change.Drift.IssuerCertificates) await KeepAsync(TrustFolderPlace.Issuer, certificate);

        async Task KeepAsync(TrustFolderPlace place, Pki.ApplicationCertificate certificate)
        {
            await application.Store.KeepRemovedAsync(change.Store.Name, place, certificate, cancellationToken);
            Log.DriftRemoved(logger, application.Name, certificate.Subject, certificate.Thumbprint, change.Store.Path);
        }
    }

    private async Task RefuseHeldAsync(ManagedApplication application, string digest, bool byHand, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        if (byHand || state.Hold is not { } hold || hold.Digest != digest || time.GetUtcNow() >= hold.Until) return;
        throw new AgentProblem(ProblemKind.Refused, $"The change was rolled back {hold.Failures} times and is not tried before {hold.Until:u} ('gateway-agent sync' tries at once): {hold.Reason}");
    }

    /// <summary>From here on the set counts as the one in force; the request that brought the certificate has ended.</summary>
    private static async Task SettleAsync(ManagedApplication application, TrustListState? list, IdentityCertificate? own, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        if (own is null && (list is null || state.TrustList == list) && state.NextTrustList is null && state.Hold is null && state.Trial is null) return;
        await application.Store.ChangeAsync(s => s with { TrustList = list ?? s.TrustList, NextTrustList = null, Hold = null, Trial = null, Pending = own is null ? s.Pending : null }, cancellationToken);
        await application.Store.SweepAsync(cancellationToken);
    }

    private static string Digest(GivenTrust given, IdentityCertificate? own, IReadOnlyList<StoreChange> changes)
    {
        var text = $"{given.Kept.File}|{own?.Certificate.Sha256}|{string.Join(",", changes.Select(c => c.Store.Name))}";
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private sealed record StoreChange(GatewayStore Store, TrustSet Set, IdentityCertificate? Own, TrustSet Drift);
}
