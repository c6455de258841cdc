using Gds.Core.Access;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Certificates;

/// <summary>A certificate of ours as lists show it.</summary>
public sealed record CertificateView(
    Guid Id, string SerialNumber, CertificateState State, Guid? ApplicationId, string? ApplicationUri, string? Group, uint? TypeId,
    string? Subject, string? Thumbprint, IReadOnlyList<string> Hosts, DateTime? NotBefore, DateTime? NotAfter,
    DateTime? RevokedAt, RevocationCause? RevocationCause, byte[]? Certificate);

/// <summary>GetCertificates' answer: the arrays belong together element by element.</summary>
public sealed record HeldCertificates(IReadOnlyList<uint> TypeIds, IReadOnlyList<byte[]> Certificates);

/// <summary>The certificates of applications (Part 12, 7.9.6 to 7.9.10): groups, certificates, status, revocation.</summary>
public sealed class CertificateRegister
{
    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly Revocation _revocation;
    private readonly TimeProvider _time;

    internal CertificateRegister(
        IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, Auditor auditor, Revocation revocation, TimeProvider time)
        => (_factory, _live, _gate, _auditor, _revocation, _time) = (factory, live, gate, auditor, revocation, time);

    /// <summary>Names of the groups that the application belongs to.</summary>
    public Task<IReadOnlyList<string>> GetCertificateGroupsAsync(Caller caller, Guid applicationId, CancellationToken cancellationToken)
        => ReadAsync<IReadOnlyList<string>>(caller, applicationId, "GetCertificateGroups", (state, record) =>
            [.. state.Groups.Values.Where(g => g.Members.Contains(record.Id)).Select(g => g.Name)], cancellationToken);

    /// <summary>The group whose trust list the application uses; null asks for the default one.</summary>
    public Task<string> GetTrustListAsync(Caller caller, Guid applicationId, string? group, CancellationToken cancellationToken)
        => ReadAsync(caller, applicationId, "GetTrustList", (state, record) => DemandMember(state.DemandGroup(group), record).Name, cancellationToken);

    /// <summary>Whether the application should ask for a new certificate: it has none, two thirds of it are gone, its CA was replaced, or it names no host of the record any more.</summary>
    public Task<bool> GetCertificateStatusAsync(Caller caller, Guid applicationId, string? group, uint? typeId, CancellationToken cancellationToken)
        => ReadAsync(caller, applicationId, "GetCertificateStatus", (state, record) =>
        {
            var groupState = state.DemandGroup(group);
            var type = typeId ?? groupState.Types[0];
            if (!groupState.Types.Contains(type))
                throw GdsProblem.Invalid($"CertificateTypeId: the group {groupState.Name} does not issue {CertificateTypes.NameOf(type)}.");
            return !groupState.Members.Contains(record.Id) || Renewal.IsDue(state, record, groupState, type, Now);
        }, cancellationToken);

    /// <summary>The certificates in force, the newest of each type; a null group means all of the application's groups.</summary>
    public async Task<HeldCertificates> GetCertificatesAsync(Caller caller, Guid applicationId, string? group, CancellationToken cancellationToken)
    {
        var held = await ReadAsync(caller, applicationId, "GetCertificates", (state, record) =>
        {
            var groups = group is null ? state.Groups.Values.Where(g => g.Members.Contains(record.Id)) : [DemandMember(state.DemandGroup(group), record)];
            return groups.SelectMany(g => g.Types.Select(t => state.Certificates.Current(record.Id, g.Id, t, Now))).OfType<CertificateEntry>().ToList();
        }, cancellationToken);
        var ids = held.ConvertAll(h => h.Id);
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var ders = await db.IssuedCertificates.AsNoTracking().Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, c.Certificate }).ToDictionaryAsync(c => c.Id, c => c.Certificate!, cancellationToken);
        return new(held.ConvertAll(h => h.TypeId), held.ConvertAll(h => ders[h.Id]));
    }

    /// <summary>Revokes a certificate of the application (RevokeCertificate, Part 12, 7.9.7); the new CRL is in the trust list when this returns.</summary>
    public Task RevokeAsync(Caller caller, Guid applicationId, ReadOnlyMemory<byte> certificate, RevocationCause cause, CancellationToken cancellationToken)
    {
        const string method = "RevokeCertificate";
        var deed = new Deed(caller, "certificate.revoke", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            DemandRevoker(caller, method);
            if (_live.Current.Directory.Find(applicationId) is null) throw Demands.NoSuchApplication(applicationId);
            var thumbprint = ThumbprintOf(certificate.Span);
            await _gate.WriteAsync(async (scope, ct) =>
            {
                var row = await scope.Db.IssuedCertificates.SingleOrDefaultAsync(c => c.Thumbprint == thumbprint && c.ApplicationId == applicationId, ct)
                    ?? throw GdsProblem.Invalid($"Certificate {thumbprint} was not issued by this GDS to the application {applicationId}.");
                await RevokeRowAsync(scope, caller, row, cause, ct);
            }, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Revokes by serial number or thumbprint, in hex; for administrators.</summary>
    public Task RevokeAsync(Caller caller, string serialOrThumbprint, RevocationCause cause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serialOrThumbprint);
        var deed = new Deed(caller, "certificate.revoke", AuditText.Of(serialOrThumbprint));
        return _auditor.RunAsync(deed, async () =>
        {
            DemandRevoker(caller, "RevokeCertificate");
            await _gate.WriteAsync(async (scope, ct) => await RevokeRowAsync(scope, caller, await FindAsync(scope.Db, serialOrThumbprint, ct), cause, ct), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Certificates, newest first; reserved and void serial numbers are left out.</summary>
    public async Task<IReadOnlyList<CertificateView>> ListAsync(Caller caller, Guid? applicationId, CertificateState? state, int max, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, GdsRoles.All, "Listing certificates");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.IssuedCertificates.AsNoTracking()
            .Where(c => c.IssuedAt != null && (applicationId == null || c.ApplicationId == applicationId) && (state == null || c.State == state))
            .OrderByDescending(c => c.IssuedAt)
            .Take(max)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(View);
    }

    public async Task<CertificateView> GetAsync(Caller caller, string serialOrThumbprint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serialOrThumbprint);
        Demands.AnyRole(caller, GdsRoles.All, "Showing a certificate");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        return View(await FindAsync(db, serialOrThumbprint, cancellationToken));
    }

    /// <summary>Whether this certificate of a channel is one of ours that is in force, and whose; null otherwise.</summary>
    public Guid? HolderOf(string thumbprint)
        => _live.Current.Certificates.Find(thumbprint) is { } entry && entry.IsValidAt(Now) ? entry.ApplicationId : null;

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private Task<T> ReadAsync<T>(Caller caller, Guid applicationId, string method, Func<GdsState, ApplicationRecord, T> read, CancellationToken cancellationToken)
        => _auditor.ReadAsync(new Deed(caller, "certificate.read", $"{method} {applicationId}"), () =>
        {
            Demands.Signed(caller, method);
            var state = _live.Current;
            return Task.FromResult(read(state, Demands.RoleOrPrivilege(state, caller, GdsRoles.CertificateAuthorityAdmin, applicationId, Now, method)));
        }, cancellationToken);

    private static GroupState DemandMember(GroupState group, ApplicationRecord record) => group.Members.Contains(record.Id)
        ? group
        : throw GdsProblem.Invalid($"CertificateGroupId: the application {record.Id} is not in the group {group.Name}.");

    private static void DemandRevoker(Caller caller, string method)
    {
        Demands.Signed(caller, method);
        Demands.Role(caller, GdsRoles.CertificateAuthorityAdmin, method);
    }

    private async Task RevokeRowAsync(WriteScope scope, Caller caller, IssuedCertificate row, RevocationCause cause, CancellationToken cancellationToken)
    {
        if (row.State == CertificateState.Revoked) throw GdsProblem.Invalid($"Certificate {row.Thumbprint} was revoked at {row.RevokedAt:u} already.");
        if (row.State != CertificateState.Issued) throw GdsProblem.Invalid($"Certificate {row.SerialNumber} is {row.State} and cannot be revoked.");
        await _revocation.RevokeAsync(scope, caller, [row], cause, cancellationToken);
    }

    private static async Task<IssuedCertificate> FindAsync(GdsDbContext db, string serialOrThumbprint, CancellationToken cancellationToken)
    {
        var text = serialOrThumbprint.ToUpperInvariant();
        return await db.IssuedCertificates.FirstOrDefaultAsync(c => c.Thumbprint == text || c.SerialNumber == text, cancellationToken)
            ?? throw GdsProblem.NotFound($"There is no certificate with the serial number or thumbprint {AuditText.Of(serialOrThumbprint)}.");
    }

    private static string ThumbprintOf(ReadOnlySpan<byte> der)
    {
        try
        {
            return ApplicationCertificate.Parse(der).Thumbprint;
        }
        catch (PkiException e)
        {
            throw new GdsProblem(ProblemKind.InvalidArgument, $"Certificate: {e.Message}", e);
        }
    }

    private CertificateView View(IssuedCertificate c) => new(
        c.Id, c.SerialNumber, c.State, c.ApplicationId, c.ApplicationUri, c.GroupId is { } g ? _live.Current.Groups[g].Name : null, c.TypeId,
        c.Subject, c.Thumbprint, c.HostNames, c.NotBefore, c.NotAfter, c.RevokedAt, c.RevocationCause, c.Certificate);
}
