using Gds.Core.Agents;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Store;
using Pki;

namespace Gds.Core.Push;

/// <summary>Tells the register of the plant how the applications of a target stand after a run.</summary>
internal sealed class PushReports(LiveState live, SyncRegister register, RejectedInbox inbox)
{
    /// <param name="work">What was seen.</param>
    /// <param name="trustListUpdatedAt">LastUpdateTime of the list of ours that the target follows now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task InSyncAsync(PlaceWork work, DateTime trustListUpdatedAt, CancellationToken cancellationToken)
    {
        var outcome = work.Gap is null ? SyncOutcome.InSync : SyncOutcome.Drifted;
        return ReportAsync(new SyncReport(work.Place.Application.Id, work.Place.Ours.Name, outcome, work.InUse?.Thumbprint, trustListUpdatedAt, work.VerifiedAt, work.Gap), cancellationToken);
    }

    /// <summary>The trust list is the one of ours; of the certificate nothing new is known.</summary>
    public async Task ListInSyncAsync(PlaceWork work, DateTime trustListUpdatedAt, CancellationToken cancellationToken)
    {
        if (work.Gap is not null) return;
        var (applicationId, group) = (work.Place.Application.Id, work.Place.Ours);
        var known = live.Current.Sync.Find(applicationId, group.Id);
        var thumbprint = known?.CertificateThumbprint ?? work.InUse?.Thumbprint;
        await ReportAsync(new SyncReport(applicationId, group.Name, known?.Outcome ?? SyncOutcome.Waiting, thumbprint, trustListUpdatedAt, null, known?.Text), cancellationToken);
    }

    /// <summary>What was confirmed before stays confirmed; the text says why no more could be.</summary>
    public Task FailedAsync(Guid applicationId, string group, bool waits, string text, CancellationToken cancellationToken)
    {
        var state = live.Current;
        var known = state.Group(group) is { } ours ? state.Sync.Find(applicationId, ours.Id) : null;
        var cut = text.Length > SyncReport.LongestText ? text[..SyncReport.LongestText] : text;
        var outcome = waits ? SyncOutcome.Waiting : SyncOutcome.Failing;
        return ReportAsync(new SyncReport(applicationId, group, outcome, known?.CertificateThumbprint, known?.TrustListUpdatedAt, null, cut), cancellationToken);
    }

    /// <summary>
    /// Certificates that a target refused, for a person to decide about. A long list is told in parts: first what the inbox
    /// does not know of this application, then what it heard of longest ago.
    /// </summary>
    public async Task RejectedAsync(Guid applicationId, IReadOnlyList<byte[]> certificates, CancellationToken cancellationToken)
    {
        if (live.Current.Directory.Find(applicationId) is null) return;
        var known = live.Current.Inbox;
        var first = certificates.OrderBy(c => HeardOf(c)).Take(Finding.MostInReport).Select(c => Finding.Rejected(c));
        await inbox.ReportAsync(Caller.Gds, applicationId, [.. first], cancellationToken);

        DateTime HeardOf(byte[] der) => Sha256Of(der) is { } sha256
            ? known.Find(sha256)?.SeenAt(applicationId, FindingKind.Rejected)?.LastSeenAt ?? DateTime.MinValue
            : DateTime.MaxValue;
    }

    /// <summary>Null where it cannot be read, which is nothing for the inbox.</summary>
    private static string? Sha256Of(byte[] der)
    {
        if (der.Length is 0 or > Finding.LargestCertificate) return null;
        try
        {
            return CertificateChainBytes.Parse(der)[0].Sha256;
        }
        catch (PkiException)
        {
            return null;
        }
    }

    // An application that was unregistered, or left the group, while the run went on has no state any more.
    private async Task ReportAsync(SyncReport report, CancellationToken cancellationToken)
    {
        if (live.Current.Group(report.Group) is not { } group || !group.Members.Contains(report.ApplicationId)) return;
        await register.ReportAsync(Caller.Gds, report, cancellationToken);
    }
}
