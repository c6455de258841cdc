using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Core.TrustLists;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Groups;

/// <summary>The certificate that a member of a group got last; it may have ended.</summary>
public sealed record MemberCertificate(string ApplicationUri, uint TypeId, string Thumbprint, DateTime NotAfter);

/// <summary>Something that puts a trust list out of date from an instant on, in words that stay the same meanwhile.</summary>
public sealed record TrustListConcern(DateTime From, string What);

/// <summary>How current the trust list of a group is, and what is about to change that.</summary>
public sealed record TrustListOutlook(DateTime LastUpdateTime, TimeSpan UpdateFrequency, IReadOnlyList<TrustListConcern> Concerns);

/// <summary>What is about to end in a certificate group, for whoever warns people of it. Answered from memory.</summary>
public sealed class GroupOutlook
{
    private static readonly TimeSpan s_authorityMargin = TimeSpan.FromDays(14);
    private static readonly TimeSpan s_crlMargin = TimeSpan.FromDays(1);

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly SyncRegister _sync;
    private readonly TimeSpan _updateFrequency;
    private readonly TimeSpan _overdueAfter;

    internal GroupOutlook(IDbContextFactory<GdsDbContext> factory, LiveState live, SyncRegister sync, GdsCoreOptions options)
    {
        (_factory, _live, _sync) = (factory, live, sync);
        (_updateFrequency, _overdueAfter) = (TimeSpan.FromMinutes(options.TrustListUpdateMinutes), options.OverdueAfter);
    }

    /// <summary>The newest certificate of each registered member and type; revoked ones do not count.</summary>
    public IReadOnlyList<MemberCertificate> Certificates(string group)
    {
        var state = _live.Current;
        var members = state.DemandGroup(group);
        List<MemberCertificate> found = [];
        foreach (var certificate in state.Certificates.Newest(members.Id))
        {
            if (members.Members.Contains(certificate.ApplicationId) && state.Directory.Find(certificate.ApplicationId) is { } application)
                found.Add(new(application.ApplicationUri, certificate.TypeId, certificate.Thumbprint, certificate.NotAfter));
        }
        return found;
    }

    /// <summary>The DER of a certificate of ours; null where there is none of that thumbprint.</summary>
    public async Task<byte[]?> CertificateAsync(string thumbprint, CancellationToken cancellationToken)
    {
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        return await db.IssuedCertificates.AsNoTracking().Where(c => c.Thumbprint == thumbprint).Select(c => c.Certificate).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Concerns are revocation lists and CAs that end, and members that are out of sync until they are overdue and from then on.</summary>
    public TrustListOutlook TrustList(string group)
    {
        var list = TrustListSnapshot.Of(_live.Current.DemandGroup(group));
        var members = _sync.List().Where(m => m.Group == list.Group && m.WaitsFor != SyncWait.Approval && m.OutOfSyncSince is not null);
        return new(list.LastUpdateTime, _updateFrequency,
        [
            .. list.Authorities.SelectMany(a => OfAuthority(a.Authority, a.Crl)),
            .. members.Select(m => new TrustListConcern(m.OutOfSyncSince!.Value + _overdueAfter, $"{m.ApplicationUri} is out of sync since {m.OutOfSyncSince:u}")),
        ]);
    }

    /// <summary>A CRL or CA that is about to end is due for at least one UpdateFrequency before (Part 12, 7.8.3.1).</summary>
    private IEnumerable<TrustListConcern> OfAuthority(ApplicationCertificate authority, CertificateRevocationList? crl)
    {
        var name = authority.Subject;
        yield return new(Before(authority.NotAfter, s_authorityMargin), $"the CA '{name}' ends at {authority.NotAfter:u}");
        if (crl is null) yield return new(DateTime.MinValue, $"the CA '{name}' has no revocation list");
        else if (crl.NextUpdate is { } end)
        {
            var quarter = (end - crl.ThisUpdate) / 4;
            yield return new(Before(end, quarter < s_crlMargin ? quarter : s_crlMargin), $"the revocation list of the CA '{name}' ends at {end:u}");
        }
    }

    private DateTime Before(DateTimeOffset end, TimeSpan margin) => end.UtcDateTime - (margin < _updateFrequency ? _updateFrequency : margin);
}
