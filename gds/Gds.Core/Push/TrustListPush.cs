using Gds.Core.TrustLists;
using Gds.Store;
using Pki;
using Ua.Core;
using Ua.Gds;

namespace Gds.Core.Push;

/// <summary>Brings the trust list of a place to what the GDS intends, by whatever way the target has.</summary>
internal sealed class TrustListPush(PushDoor door, TimeProvider time)
{
    /// <summary>What a target is to trust: the list of its group, and the GDS that pushes to it.</summary>
    public TrustListDataType Intended(PushPlace place)
    {
        var snapshot = TrustListSnapshot.Of(place.Ours);
        if (snapshot.Faults(time.GetUtcNow().UtcDateTime).FirstOrDefault() is { } fault)
            throw new GdsProblem(ProblemKind.NotReadable, $"The trust list of {place.Ours.Name} is not handed out: {fault}");
        var own = door.Own;
        List<byte[]> trusted = [.. snapshot.TrustedCertificates];
        List<byte[]> issuers = [.. snapshot.IssuerCertificates];
        if (!snapshot.Authorities.Any(a => a.Authority.IsIssuerOf(own.Certificate)))
        {
            trusted.Add(own.Certificate.Der);
            issuers.AddRange(own.Issuers.Select(i => i.Der));
        }
        return new TrustListDataType(TrustListMasks.All, [.. trusted], [.. snapshot.TrustedCrls], [.. issuers], [.. snapshot.IssuerCrls]);
    }

    public static async Task<TrustListDataType> ReadAsync(PushPlace place, CancellationToken cancellationToken) =>
        await (await OpenAsync(place, cancellationToken)).ReadAsync(cancellationToken: cancellationToken);

    /// <summary>Writes one list.</summary>
    /// <param name="context">The run.</param>
    /// <param name="place">Where.</param>
    /// <param name="wanted">The list.</param>
    /// <param name="removes">What is not wanted goes, also where single certificates are changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<TrustListOutcome> WriteAsync(PushContext context, PushPlace place, TrustListDataType wanted, bool removes, CancellationToken cancellationToken)
    {
        context.Notes.Begin(PushStepKind.TrustList);
        var list = await OpenAsync(place, cancellationToken);
        var current = await list.ReadAsync(cancellationToken: cancellationToken);
        if (TrustListPlan.Same(current, wanted)) return new(TrustListChange.None, NeedsApply: false, Gap: null);
        if (list.CanBeReplaced)
        {
            try
            {
                var needsApply = await context.Connection.WhilePendingAsync(() => list.WriteAsync(wanted, place.Properties.MaxTrustListSize, cancellationToken), cancellationToken);
                if (needsApply) return new(TrustListChange.Written, NeedsApply: true, Gap: null);
                // Some servers answer Good and keep the list they had.
                current = await list.ReadAsync(cancellationToken: cancellationToken);
                if (TrustListPlan.Same(current, wanted)) return new(TrustListChange.Written, NeedsApply: false, Gap: null);
            }
            catch (UaException e) when (PushErrors.IsInability(e) && list.TakesSingleCertificates)
            {
                await context.Notes.LimitedAsync(PushStepKind.TrustList, place.Subject, $"The list cannot be replaced ({e.Message}); single certificates are added instead.", cancellationToken);
            }
        }
        return await ChangeSinglyAsync(context, place, list, current, wanted, removes, cancellationToken);
    }

    private static async Task<TrustListOutcome> ChangeSinglyAsync(
        PushContext context, PushPlace place, TrustListFile list, TrustListDataType current, TrustListDataType wanted, bool removes, CancellationToken cancellationToken)
    {
        var added = 0;
        foreach (var (certificates, trusted) in ((IReadOnlyList<byte[]>, bool)[])
        [
            (TrustListPlan.Missing(current.IssuerCertificates, wanted.IssuerCertificates), false),
            (TrustListPlan.Missing(current.TrustedCertificates, wanted.TrustedCertificates), true),
        ])
        {
            foreach (var certificate in certificates)
            {
                await context.Connection.WhilePendingAsync(async () => { await list.AddCertificateAsync(certificate, trusted, cancellationToken); return true; }, cancellationToken);
                added++;
            }
        }
        var removed = removes ? await RemoveAsync(context, list, current, wanted, cancellationToken) : 0;
        var after = await list.ReadAsync(cancellationToken: cancellationToken);
        var gap = GapOf(after, wanted, removes);
        if (gap is not null) await context.Notes.LimitedAsync(PushStepKind.TrustList, place.Subject, gap, cancellationToken);
        // Only a server with transactions queues these, and such a server can drop them.
        var queued = added + removed > 0 && place.Configuration.HasCancelChanges;
        return new(queued || !TrustListPlan.Same(current, after) ? TrustListChange.Singly : TrustListChange.None, queued, gap);
    }

    private static async Task<int> RemoveAsync(PushContext context, TrustListFile list, TrustListDataType current, TrustListDataType wanted, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var (certificates, trusted) in ((IReadOnlyList<byte[]>, bool)[])
        [
            (TrustListPlan.Missing(wanted.TrustedCertificates, current.TrustedCertificates), true),
            (TrustListPlan.Missing(wanted.IssuerCertificates, current.IssuerCertificates), false),
        ])
        {
            foreach (var certificate in certificates)
            {
                var thumbprint = Convert.ToHexString(Sha1Name.Of(certificate));
                await context.Connection.WhilePendingAsync(async () => { await list.RemoveCertificateAsync(thumbprint, trusted, cancellationToken); return true; }, cancellationToken);
                removed++;
            }
        }
        return removed;
    }

    private static string? GapOf(TrustListDataType there, TrustListDataType wanted, bool removes)
    {
        var certificates = TrustListPlan.Missing(there.TrustedCertificates, wanted.TrustedCertificates).Count + TrustListPlan.Missing(there.IssuerCertificates, wanted.IssuerCertificates).Count;
        var crls = TrustListPlan.Missing(there.TrustedCrls, wanted.TrustedCrls).Count + TrustListPlan.Missing(there.IssuerCrls, wanted.IssuerCrls).Count;
        var extra = removes
            ? TrustListPlan.Missing(wanted.TrustedCertificates, there.TrustedCertificates).Count + TrustListPlan.Missing(wanted.IssuerCertificates, there.IssuerCertificates).Count
            : 0;
        List<string> parts = [];
        if (certificates > 0) parts.Add($"{certificates} certificates are missing");
        if (crls > 0) parts.Add($"it takes no revocation lists, {crls} are missing");
        if (extra > 0) parts.Add($"{extra} certificates stayed that should not be trusted");
        return parts.Count == 0 ? null : $"The target cannot replace its trust list: {string.Join("; ", parts)}.";
    }

    private static Task<TrustListFile> OpenAsync(PushPlace place, CancellationToken cancellationToken) => place.Theirs.TrustList is { } id
        ? place.Configuration.OpenTrustListAsync(id, cancellationToken)
        : throw new UaException(StatusCodes.BadNotSupported, $"The group {place.Theirs.Name} has no trust list.");
}

internal enum TrustListChange
{
    None,
    Written,
    Singly,
}

/// <param name="Change">What was done.</param>
/// <param name="NeedsApply">It counts after ApplyChanges.</param>
/// <param name="Gap">What the target cannot take; null where the list is whole.</param>
internal sealed record TrustListOutcome(TrustListChange Change, bool NeedsApply, string? Gap);
