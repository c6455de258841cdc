using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Core.TrustLists;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Pki;

namespace Gds.Core.Agents;

/// <summary>
/// The central inbox: certificates that gateways refused, or found where the GDS had not put them, from all agents and push
/// targets; one entry for each certificate. A person trusts it, which puts it on a trust list, or dismisses it.
/// </summary>
public sealed class RejectedInbox
{
    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly InboxIntake _intake;
    private readonly GroupTrustLists _lists;
    private readonly SyncContacts _contacts;
    private readonly TimeProvider _time;
    private readonly ILogger<RejectedInbox> _log;

    internal RejectedInbox(
        IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, Auditor auditor, InboxIntake intake,
        GroupTrustLists lists, SyncContacts contacts, TimeProvider time, ILogger<RejectedInbox> log)
    {
        (_factory, _live, _gate, _auditor, _intake) = (factory, live, gate, auditor, intake);
        (_lists, _contacts, _time, _log) = (lists, contacts, time, log);
    }

    /// <summary>
    /// Takes findings of the application itself, of an ApplicationAdmin for it, or of the GDS's own push. What was seen there
    /// within the hour before is not written again.
    /// </summary>
    public Task ReportAsync(Caller caller, Guid applicationId, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(findings);
        var deed = new Deed(caller, "inbox.report", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            var state = _live.Current;
            var application = SyncRules.Admit(state, caller, applicationId, "ReportFindings");
            var read = FindingRules.Read(caller, application.ApplicationUri, findings, Now, _log);
            _contacts.Heard(applicationId);
            var news = InboxIntake.News(state, applicationId, read);
            if (news.Count == 0) return;
            var added = await _gate.WriteAsync((scope, ct) => _intake.TakeAsync(scope, applicationId, news, ct), cancellationToken);
            if (added > 0) _log.CertificatesFound(added, caller.Who, application.ApplicationUri);
        }, cancellationToken);
    }

    /// <summary>Certificates in one state, or all; seen last first.</summary>
    public IReadOnlyList<InboxView> List(Caller caller, InboxState? wanted, int max)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Demands.AnyRole(caller, GdsRoles.All, "Listing the inbox");
        var state = _live.Current;
        return [.. state.Inbox.All.Where(e => wanted is null || e.State == wanted).OrderByDescending(e => e.LastSeenAt).Take(max).Select(e => View(state, e))];
    }

    /// <summary>Certificates that wait for a person.</summary>
    public int OpenCount => _live.Current.Inbox.All.Count(e => e.State == InboxState.Open);

    /// <summary>One certificate, by its SHA-1 or SHA-256 in hex.</summary>
    public async Task<InboxDetails> GetAsync(Caller caller, string certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Demands.AnyRole(caller, GdsRoles.All, "Showing a certificate of the inbox");
        var state = _live.Current;
        var entry = Find(state, certificate);
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var parsed = await ReadAsync(db, entry, cancellationToken);
        var objections = await TrustObjections.OfAsync(db, state, parsed, Now, cancellationToken);
        return new(View(state, entry), parsed.Der, [.. objections.Select(o => o.Message)]);
    }

    /// <summary>Puts a certificate on the trust list of a group, which distributes it; for the CertificateAuthorityAdmin.</summary>
    public Task<InboxView> TrustAsync(Caller caller, string certificate, InboxTrust how, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(how);
        var deed = new Deed(caller, "inbox.trust", AuditText.Of(certificate));
        return _auditor.RunAsync(deed, async () =>
        {
            DemandAdmin(caller, "Trusting a certificate of the inbox");
            var state = _live.Current;
            var entry = Find(state, certificate);
            if (entry.State == InboxState.Trusted)
                throw new GdsProblem(ProblemKind.InvalidState, $"Certificate {entry.Thumbprint} is on the trust list of {entry.TrustedIn} already, put there by {entry.DecidedBy}.");
            var group = state.DemandGroup(how.Group).Name;
            await using (var db = await _factory.CreateDbContextAsync(cancellationToken))
            {
                var parsed = await ReadAsync(db, entry, cancellationToken);
                var objections = await TrustObjections.OfAsync(db, state, parsed, Now, cancellationToken);
                if (objections.Count > 0) throw new GdsProblem(objections[0].Kind, $"Certificate {entry.Thumbprint} cannot be trusted: {string.Join(" ", objections.Select(o => o.Message))}");
                await _lists.AddAsync(caller, group, parsed.Der, trusted: !how.AsIssuer, how.Crls, cancellationToken);
            }
            // A crash here leaves it open and on the list; trusting it again changes nothing there and is recorded.
            return await DecideAsync(deed, entry, (row, now) => row.Trust(group, caller.Who, now), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Takes a certificate off the open ones; it stays dismissed however often it is seen again.</summary>
    public Task<InboxView> DismissAsync(Caller caller, string certificate, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "inbox.dismiss", AuditText.Of(certificate));
        return _auditor.RunAsync(deed, () =>
        {
            DemandAdmin(caller, "Dismissing a certificate of the inbox");
            return DecideAsync(deed, Find(_live.Current, certificate), (row, now) => row.Dismiss(caller.Who, now), cancellationToken);
        }, cancellationToken);
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private static void DemandAdmin(Caller caller, string what)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Demands.Signed(caller, what);
        Demands.Role(caller, GdsRoles.CertificateAuthorityAdmin, what);
    }

    private Task<InboxView> DecideAsync(Deed deed, InboxEntry entry, Action<InboxCertificate, DateTime> decide, CancellationToken cancellationToken)
        => _gate.WriteAsync(async (scope, ct) =>
        {
            var row = await scope.Db.InboxCertificates.Include(c => c.Sightings).SingleOrDefaultAsync(c => c.Id == entry.Id, ct) ?? throw Gone(entry.Thumbprint);
            decide(row, scope.Now);
            var decided = InboxEntry.Of(row);
            scope.State = scope.State with { Inbox = scope.State.Inbox.With(decided) };
            scope.Audit(deed with { Target = entry.Thumbprint }, row.TrustedIn is { } group ? $"{row.Subject}, in {group}" : row.Subject);
            return View(scope.State, decided);
        }, cancellationToken);

    private static async Task<ApplicationCertificate> ReadAsync(GdsDbContext db, InboxEntry entry, CancellationToken cancellationToken)
        => await db.InboxCertificates.AsNoTracking().Where(c => c.Id == entry.Id).Select(c => c.Der).SingleOrDefaultAsync(cancellationToken) is { } der
            ? ApplicationCertificate.Parse(der)
            : throw Gone(entry.Thumbprint);

    private static InboxEntry Find(GdsState state, string certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var name = certificate.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        if (state.Inbox.Find(name) is { } exact) return exact;
        return state.Inbox.All.Where(e => e.Thumbprint == name).ToList() switch
        {
            [var only] => only,
            [] => throw Gone(certificate),
            _ => throw GdsProblem.Invalid($"Several certificates of the inbox have the thumbprint {name}, which somebody made so; name it by its SHA-256."),
        };
    }

    private static GdsProblem Gone(string certificate) => GdsProblem.NotFound($"There is no certificate {AuditText.Of(certificate)} in the inbox.");

    private static InboxView View(GdsState state, InboxEntry e) => new()
    {
        Thumbprint = e.Thumbprint,
        Sha256 = e.Sha256,
        Subject = e.Subject,
        Issuer = e.Issuer,
        ApplicationUri = e.ApplicationUri,
        IsAuthority = e.IsAuthority,
        NotBefore = e.NotBefore,
        NotAfter = e.NotAfter,
        State = e.State,
        DecidedBy = e.DecidedBy,
        DecidedAt = e.DecidedAt,
        TrustedIn = e.TrustedIn,
        FirstSeenAt = e.FirstSeenAt,
        LastSeenAt = e.LastSeenAt,
        Count = e.Count,
        SeenAt = [.. e.Sightings.OrderByDescending(s => s.LastSeenAt).Select(s => new SightingView(
            s.ApplicationId, state.Directory.Find(s.ApplicationId)?.ApplicationUri ?? "", s.Kind, s.Policy, s.FirstSeenAt, s.LastSeenAt))],
    };
}
