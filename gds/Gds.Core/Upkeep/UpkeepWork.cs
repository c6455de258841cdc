using Gds.Core.Access;
using Gds.Core.Certificates;
using Gds.Core.Requests;
using Gds.Core.State;
using Gds.Core.TrustLists;
using Gds.Core.Writing;
using Gds.Store;

namespace Gds.Core.Upkeep;

/// <summary>A certificate that should have been renewed by now, or a CA that nears its end.</summary>
public sealed record ExpiringCertificate(string Name, Guid? ApplicationId, string Thumbprint, DateTime NotAfter, bool IsAuthority);

/// <summary>What a housekeeping run removed.</summary>
public sealed record PurgeReport(int Requests, int Tokens, int Certificates, int AuditRows);

/// <summary>The recurring work; each piece may be run at any time, any number of times, and after a crash.</summary>
public sealed class UpkeepWork
{
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly IIssuer _issuer;
    private readonly CrlIssuing _crls;
    private readonly Purge _purge;
    private readonly RequestDecisions _decisions;
    private readonly GdsCoreOptions _options;
    private readonly TimeProvider _time;

    internal UpkeepWork(
        LiveState live, WriteGate gate, IIssuer issuer, CrlIssuing crls, Purge purge, RequestDecisions decisions, GdsCoreOptions options, TimeProvider time)
        => (_live, _gate, _issuer, _crls, _purge, _decisions, _options, _time) = (live, gate, issuer, crls, purge, decisions, options, time);

    /// <summary>Signs a new CRL for each CA whose present one is old enough or missing; gives their number.</summary>
    public async Task<int> ReissueCrlsIfDueAsync(CancellationToken cancellationToken)
    {
        var due = _live.Current.Groups.Values.SelectMany(g => g.Authorities).Where(a => IsDue(a, Now)).Select(a => a.Id).ToList();
        var issued = 0;
        foreach (var id in due)
            if (await _gate.WriteAsync((scope, ct) => ReissueAsync(scope, id, ct), cancellationToken)) issued++;
        return issued;
    }

    /// <summary>Signs a new CRL of a group's CAs now; for the CertificateAuthorityAdmin.</summary>
    public async Task ReissueCrlsAsync(Caller caller, string? group, CancellationToken cancellationToken)
    {
        Demands.Role(caller, GdsRoles.CertificateAuthorityAdmin, "Issuing a CRL");
        foreach (var authority in _live.Current.DemandGroup(group).Authorities)
            await _gate.WriteAsync((scope, ct) => IssueAsync(scope, caller, authority, ct), cancellationToken);
    }

    /// <summary>Removes requests and tokens whose time is over, marks certificates that expired, drops old audit rows.</summary>
    public Task<PurgeReport> PurgeAsync(CancellationToken cancellationToken) => _purge.RunAsync(cancellationToken);

    /// <summary>Issues what is approved and has no certificate yet; gives the number.</summary>
    public Task<int> ResumeApprovedAsync(CancellationToken cancellationToken) => _decisions.ResumeAsync(cancellationToken);

    /// <summary>Newest certificates of applications, and CAs, that end within the time given; soonest first.</summary>
    public IReadOnlyList<ExpiringCertificate> ExpiryReport(TimeSpan within)
    {
        var state = _live.Current;
        var until = Now + within;
        var newest = state.Certificates.All
            .GroupBy(c => (c.ApplicationId, c.GroupId, c.TypeId))
            .Select(g => g.MaxBy(c => c.NotAfter)!)
            .Where(c => c.NotAfter <= until)
            .Select(c => new ExpiringCertificate(state.Directory.Find(c.ApplicationId)?.ApplicationUri ?? "", c.ApplicationId, c.Thumbprint, c.NotAfter, false));
        var authorities = state.Groups.Values.SelectMany(g => g.Authorities)
            .Where(a => a.Certificate.NotAfter.UtcDateTime <= until)
            .Select(a => new ExpiringCertificate(a.Certificate.Subject, null, a.Certificate.Thumbprint, a.Certificate.NotAfter.UtcDateTime, true));
        return [.. newest.Concat(authorities).OrderBy(e => e.NotAfter)];
    }

    /// <summary>The same report, with an audit row for each certificate on it.</summary>
    public async Task<IReadOnlyList<ExpiringCertificate>> RecordExpiryAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var report = ExpiryReport(within);
        if (report.Count == 0) return report;
        await _gate.WriteAsync((scope, _) =>
        {
            foreach (var ending in report)
                scope.Audit(new Deed(Caller.Gds, "certificate.expiring", $"{ending.Thumbprint} {ending.Name}"), $"ends at {ending.NotAfter:u}");
            return Task.CompletedTask;
        }, cancellationToken);
        return report;
    }

    /// <summary>Sentences about what needs a person: trust lists that cannot be handed out.</summary>
    public IReadOnlyList<string> Faults()
        => [.. _live.Current.Groups.Values.SelectMany(g => TrustListSnapshot.Of(g).Faults(Now).Select(f => $"Trust list of {g.Name}: {f}"))];

    /// <summary>The same, and CAs whose key cannot be opened.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>(Faults());
        foreach (var group in _live.Current.Groups.Values)
        {
            foreach (var authority in group.Authorities)
            {
                try
                {
                    await _issuer.CheckAsync(authority.KeyReference, authority.Certificate, cancellationToken);
                }
                catch (GdsProblem problem)
                {
                    faults.Add($"CA of {group.Name}: {problem.Message}");
                }
            }
        }
        return faults;
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private bool IsDue(AuthorityEntry authority, DateTime now)
        => authority.Crl is not { } crl || now >= crl.ThisUpdate.UtcDateTime.AddDays(_options.CrlRenewalDays) || crl.NextUpdate is not { } end || end.UtcDateTime <= now;

    private async Task<bool> ReissueAsync(WriteScope scope, Guid authorityId, CancellationToken cancellationToken)
    {
        var authority = scope.State.Groups.Values.Select(g => g.Authority(authorityId)).OfType<AuthorityEntry>().First();
        if (!IsDue(authority, scope.Now)) return false; // a revocation was quicker
        await IssueAsync(scope, Caller.Gds, authority, cancellationToken);
        return true;
    }

    private async Task IssueAsync(WriteScope scope, Caller caller, AuthorityEntry authority, CancellationToken cancellationToken)
    {
        await _crls.IssueAsync(scope, authority.Id, cancellationToken);
        scope.Audit(new Deed(caller, "crl.issue", authority.Certificate.Subject));
    }
}
