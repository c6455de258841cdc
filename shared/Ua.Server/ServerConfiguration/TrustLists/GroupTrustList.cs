using Pki;
using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.TrustListFiles;

namespace Ua.Server.ServerConfiguration;

/// <summary>The file of a certificate group's trust list: read as it is, written into the transaction (Part 12, 7.8.2).</summary>
internal sealed class GroupTrustList(GroupObject group, TransactionDesk desk, CertificateReview review, ConfigurationAudit audit, ChannelRenewal renewal) : ITrustListFile
{
    private long Largest => group.Application.Facts.MaxTrustListSize is var size and > 0 ? Math.Min(size, TrustListContent.LargestSize) : TrustListContent.LargestSize;

    public async ValueTask<byte[]> ReadAsync(MethodCall call, TrustListMasks masks, CancellationToken cancellationToken) =>
        (await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false)).Lists.ToSet().Encode(masks);

    public async ValueTask<long> BeginWriteAsync(MethodCall call, CancellationToken cancellationToken)
    {
        await desk.ChangeAsync(call.Caller.SessionId, Task.FromResult, cancellationToken).ConfigureAwait(false);
        return Largest;
    }

    public void Used(MethodCall call) => desk.Keep(call.Caller.SessionId);

    public async Task<bool> UpdateAsync(MethodCall call, byte[] content, CancellationToken cancellationToken)
    {
        await audit.TrustListUpdateAsync(call, group, () => desk.ChangeAsync(call.Caller.SessionId, transaction => MergedAsync(transaction, content, cancellationToken), cancellationToken)).ConfigureAwait(false);
        return true;
    }

    public Task<Action?> AddAsync(MethodCall call, byte[] certificate, bool isTrusted, CancellationToken cancellationToken) => ApplyAsync(
        call,
        before =>
        {
            var added = MethodArguments.Certificate(certificate, "Certificate");
            if (added is { IsCertificateAuthority: true, ApplicationUri: null })
                throw new UaException(StatusCodes.BadCertificateInvalid, $"{added} is one of an authority; it needs its revocation list and is brought by writing the trust list.");
            return before.TrustedCertificates.Contains(added) ? before : before with { TrustedCertificates = [.. before.TrustedCertificates, added] };
        },
        cancellationToken);

    public Task<Action?> RemoveAsync(MethodCall call, string thumbprint, bool isTrusted, CancellationToken cancellationToken) => ApplyAsync(
        call,
        before =>
        {
            var list = isTrusted ? before.TrustedCertificates : before.IssuerCertificates;
            var removed = list.FirstOrDefault(c => c.Thumbprint.Equals(thumbprint, StringComparison.OrdinalIgnoreCase))
                ?? throw new UaException(StatusCodes.BadInvalidArgument, $"Thumbprint '{thumbprint}' is that of no {(isTrusted ? "trusted" : "issuer")} certificate.");
            var kept = list.Where(c => c != removed).ToList();
            var after = (isTrusted ? before with { TrustedCertificates = kept } : before with { IssuerCertificates = kept }).WithoutStrayCrls();
            CheckNotNeeded(removed, after);
            return after;
        },
        cancellationToken);

    private static void CheckNotNeeded(ApplicationCertificate removed, TrustListSet after)
    {
        if (after.Certificates().Contains(removed)) return;
        if (after.Certificates().FirstOrDefault(c => removed.IsIssuerOf(c) && c.IsSignedBy(removed) && !after.Certificates().Any(o => o.IsIssuerOf(c) && c.IsSignedBy(o))) is { } needing)
            throw new UaException(StatusCodes.BadCertificateChainIncomplete, $"{removed} is needed to validate {needing}, which is in the trust list.");
    }

    private async Task<Transaction> MergedAsync(Transaction transaction, byte[] content, CancellationToken cancellationToken)
    {
        var before = transaction.ListOf(group, await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false));
        var after = TrustListMerge.Apply(before, TrustListContent.Decode(content));
        await CheckAsync(before, after, cancellationToken).ConfigureAwait(false);
        return transaction.With(group, after);
    }

    private async Task CheckAsync(TrustListSet before, TrustListSet after, CancellationToken cancellationToken)
    {
        if (after.Size() is var size && size > Largest) throw new UaException(StatusCodes.BadRequestTooLarge, $"The trust list would have {size} bytes; MaxTrustListSize is {Largest}.");
        if (await review.FindProblemAsync(before, after, cancellationToken).ConfigureAwait(false) is { } problem) throw new UaException(problem.StatusCode, problem.Text);
    }

    /// <summary>These two methods tell of no ApplyChanges, so that their change counts at once.</summary>
    private async Task<Action?> ApplyAsync(MethodCall call, Func<TrustListSet, TrustListSet> change, CancellationToken cancellationToken)
    {
        var answered = await renewal.AroundAsync(call.Caller.SessionId, () => audit.TrustListUpdateAsync(call, group, () => desk.ApplyAtOnceAsync(
            call.Caller.SessionId,
            group,
            async () =>
            {
                var before = (await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false)).Lists.ToSet();
                var after = change(before);
                await CheckAsync(before, after, cancellationToken).ConfigureAwait(false);
                return new CertificateGroupChange { TrustList = after };
            },
            cancellationToken))).ConfigureAwait(false);
        audit.TrustListUpdated(call, group);
        return answered;
    }
}
