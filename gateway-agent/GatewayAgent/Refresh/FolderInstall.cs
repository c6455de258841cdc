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
internal sealed partial class FolderInstall(GatewayReload reload, GatewayProbe probe, TimeProvider time, ILogger<FolderInstall> logger)
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(24);

    /// <param name="own">A new certificate with its key; null leaves the present one.</param>
    /// <param name="byHand">A person asked for it: a set that was rolled back before is tried again.</param>
    /// <returns>A note for the status; null where there is nothing to say.</returns>
    public async Task<string?> RunAsync(ManagedApplication application, AgentConfiguration configuration, GivenTrust given, IdentityCertificate? own, bool byHand, CancellationToken cancellationToken)
    {
        await application.Changing.WaitAsync(cancellationToken);
        try
        {
            TrustSetReview.Check(given.Set, time.GetUtcNow(), configuration.ClockSkew);
            await ReviewAsync(application, configuration, given, own, cancellationToken);
            var changes = await FindChangesAsync(application, given, own, cancellationToken);
            if (changes.Count == 0)
            {
                await SettleAsync(application, given.Kept, own, cancellationToken);
                return null;
            }

            var digest = Digest(given, own, changes);
            await RefuseHeldAsync(application, digest, byHand, cancellationToken);
            return await ChangeAsync(application, given.Kept, own, changes, digest, cancellationToken);
        }
        finally
        {
            application.Changing.Release();
        }
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
            var wanted = TrustMerge.Join(given.Set, given.Before, folder, [.. state.Local.Where(l => l.Store == store.Name)], application.Configuration.Drift != DriftPolicy.Remove);
            var present = own is null ? null : (await store.ReadOwnAsync(cancellationToken)).Own;
            var sameOwn = own is null || (present is not null && present.Certificate.Equals(own.Certificate));
            var sameSet = wanted.SameAs(folder);
            if (sameSet && sameOwn) continue;
            if (!sameSet && state.TrustList?.File == given.Kept.File) Log.Drifted(logger, application.Name, store.Path);
            changes.Add(new StoreChange(store, wanted, sameOwn ? null : own, DriftOf(folder, wanted, given)));
        }

        return changes;
    }

    /// <param name="list">The trust list that the changes bring into force; null where the one before stays.</param>
    private async Task<string?> ChangeAsync(ManagedApplication application, TrustListState? list, IdentityCertificate? own, IReadOnlyList<StoreChange> changes, string digest, CancellationToken cancellationToken)
    {
        var verify = application.Configuration.Verify;
        var answeredBefore = verify is not null && await probe.AnswersAsync(verify, cancellationToken);
        await application.Store.ChangeAsync(s => s with { NextTrustList = list ?? s.NextTrustList, VerifiedAt = null }, cancellationToken);
        List<StoreChange> done = [];
        string? note = null;
        try
        {
            foreach (var change in changes)
            {
                await KeepDriftAsync(application, change, cancellationToken);
                if (await change.Store.ApplyAsync(change.Set, change.Own, cancellationToken)) done.Add(change);
                Log.Installed(logger, application.Name, change.Store.Path);
            }

            await reload.RunAsync(application.Configuration, cancellationToken);
            note = await VerifyAsync(application, verify, answeredBefore, changes[0].Set, cancellationToken);
        }
        catch (AgentProblem e)
        {
            throw new AgentProblem(ProblemKind.Refused, await RollBackAsync(application, done, digest, e.Message, cancellationToken), e);
        }

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

    private async Task<string?> VerifyAsync(ManagedApplication application, VerifyConfiguration? verify, bool answeredBefore, TrustSet set, CancellationToken cancellationToken)
    {
        if (verify is null) return null;
        if (!answeredBefore) return $"The gateway at {verify.EndpointUrl} did not answer before the change, so the change could not be verified by a connection.";
        var (expected, problem) = await application.Stores[0].ReadOwnAsync(cancellationToken);
        if (expected is null) throw new AgentProblem(ProblemKind.Refused, $"The gateway has no certificate to verify by a connection{(problem is null ? "" : $": {problem}")}.");
        if (await probe.WaitAsync(verify, expected.Certificate, set, cancellationToken) is { } failure) throw new AgentProblem(ProblemKind.Refused, $"After the change {failure}.");
        Log.Verified(logger, application.Name, verify.EndpointUrl);
        await application.Store.ChangeAsync(s => s with { VerifiedAt = time.GetUtcNow() }, cancellationToken);
        return null;
    }

    /// <returns>What became of it, in words.</returns>
    private async Task<string> RollBackAsync(ManagedApplication application, List<StoreChange> done, string digest, string reason, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        var failures = (state.Hold?.Digest == digest ? state.Hold.Failures : 0) + 1;
        var wait = TimeSpan.FromTicks(Math.Min(LongestHold.Ticks, TimeSpan.FromMinutes(10).Ticks << Math.Min(failures - 1, 10)));
        await application.Store.ChangeAsync(s => s with { Hold = new InstallHold(digest, failures, time.GetUtcNow() + wait, reason) }, cancellationToken);
        if (done.Count == 0) return reason;
        foreach (var change in Enumerable.Reverse(done)) await change.Store.RollbackAsync(cancellationToken);
        Log.RolledBack(logger, application.Name, reason);
        var text = $"The change was rolled back, the folder is as it was before: {reason}";
        try
        {
            await reload.RunAsync(application.Configuration, cancellationToken);
            return text;
        }
        catch (AgentProblem e)
        {
            return $"{text} The gateway could not be told to go back either: {e.Message}";
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
        if (own is null && (list is null || state.TrustList == list) && state.NextTrustList is null && state.Hold is null) return;
        await application.Store.ChangeAsync(s => s with { TrustList = list ?? s.TrustList, NextTrustList = null, Hold = null, Pending = own is null ? s.Pending : null }, cancellationToken);
        await application.Store.SweepAsync(cancellationToken);
    }

    private static string Digest(GivenTrust given, IdentityCertificate? own, IReadOnlyList<StoreChange> changes)
    {
        var text = $"{given.Kept.File}|{own?.Certificate.Sha256}|{string.Join(",", changes.Select(c => c.Store.Name))}";
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private sealed record StoreChange(GatewayStore Store, TrustSet Set, IdentityCertificate? Own, TrustSet Drift);
}
