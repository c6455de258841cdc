using System.Security.Cryptography;
using Gds.Core.Certificates;
using Gds.Core.Requests;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Core.Upkeep;
using Gds.Core.Users;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pki;

namespace Gds.Core.Starting;

/// <summary>What a start found or made; the administrator's password is only here, and only until it was shown.</summary>
public sealed record StartReport(bool FirstStart, string AuthoritySubject, string AuthoritySha256, string? AdminName, string? AdminPassword);

/// <summary>
/// Brings the GDS from whatever it finds on disk to a state that it can serve from. Each step looks first and then does
/// what is missing, so it may be cut off anywhere and run again.
/// </summary>
public sealed class GdsInitializer
{
    public const string FirstAdmin = "admin";
    private const string AdminSetting = "first-admin";
    private const string Pending = "pending", Shown = "shown";

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly GdsStoreOptions _store;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly AuthorityBirth _authorities;
    private readonly UserAccounts _users;
    private readonly RequestDecisions _decisions;
    private readonly UpkeepWork _upkeep;
    private readonly SyncContacts _contacts;
    private readonly ILogger<GdsInitializer> _log;

    internal GdsInitializer(
        IDbContextFactory<GdsDbContext> factory, IOptions<GdsStoreOptions> store, LiveState live, WriteGate gate,
        AuthorityBirth authorities, UserAccounts users, RequestDecisions decisions, UpkeepWork upkeep,
        SyncContacts contacts, ILogger<GdsInitializer> log)
    {
        (_factory, _store, _live, _gate) = (factory, store.Value, live, gate);
        (_authorities, _users, _decisions, _upkeep, _contacts, _log) = (authorities, users, decisions, upkeep, contacts, log);
    }

    /// <summary>Must have returned before anything else of this room is used.</summary>
    public async Task<StartReport> StartAsync(CancellationToken cancellationToken)
    {
        await MigrateAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        await _contacts.LoadAsync(cancellationToken);
        var first = await EnsureGroupAsync(cancellationToken);
        foreach (var group in _live.Current.Groups.Values.Where(g => g.Issuer is null).ToList())
            await _authorities.EnsureAsync(group, cancellationToken);
        await VoidReservedAsync(cancellationToken);
        await CatchUpAsync(cancellationToken);
        var password = await EnsureAdminAsync(cancellationToken);
        var authority = _live.Current.DemandGroup(null).Issuer!.Certificate;
        return new(first, authority.Subject, authority.Sha256, password is null ? null : FirstAdmin, password);
    }

    /// <summary>The password of <see cref="StartReport"/> reached a person; it is not made anew at the next start.</summary>
    public Task ConfirmAdminShownAsync(CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        if (await scope.Db.Settings.SingleOrDefaultAsync(s => s.Key == AdminSetting, ct) is { } setting) setting.Set(Shown);
    }, cancellationToken);

    // A CA whose key is away must not keep the rest from being served; the health report goes on saying it.
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await _decisions.ResumeAsync(cancellationToken);
        try
        {
            await _upkeep.ReissueCrlsIfDueAsync(cancellationToken);
        }
        catch (GdsProblem problem) when (problem.Kind == ProblemKind.Unavailable)
        {
            _log.StartFault(problem.Message);
        }
        foreach (var fault in await _upkeep.FaultsAsync(cancellationToken)) _log.StartFault(fault);
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(_store.DatabasePath))!;
        if (!Directory.Exists(folder)) OwnerOnlyDirectory.Create(folder);
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        // Migrating compares the whole model, which takes a good part of a second; asking first does not.
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) await db.Database.MigrateAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        _live.Publish(await StateReader.ReadAsync(db, cancellationToken));
    }

    private async Task<bool> EnsureGroupAsync(CancellationToken cancellationToken)
    {
        if (_live.Current.Group(GdsState.DefaultGroup) is not null) return false;
        await _gate.WriteAsync((scope, _) =>
        {
            var group = new CertificateGroup(GdsState.DefaultGroup, CertificateTypes.ApplicationCertificateType, scope.Now);
            group.Types.Add(new CertificateGroupType(CertificateTypes.RsaSha256ApplicationCertificateType, 0));
            scope.Db.CertificateGroups.Add(group);
            scope.Db.Counters.Add(new Counter(Counter.RecordIds, scope.Now));
            scope.Audit(new Deed(Caller.Gds, "group.create", group.Name));
            return Task.CompletedTask;
        }, cancellationToken);
        await LoadAsync(cancellationToken);
        return true;
    }

    // Something may have been signed under these, but nothing was handed out; they are never used again.
    private Task VoidReservedAsync(CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        foreach (var row in await scope.Db.IssuedCertificates.Where(c => c.State == CertificateState.Reserved).ToListAsync(ct)) row.Void();
    }, cancellationToken);

    // Until the password was shown and as long as nobody has signed in with it, a start makes a new one and shows that.
    private Task<string?> EnsureAdminAsync(CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        var setting = await scope.Db.Settings.SingleOrDefaultAsync(s => s.Key == AdminSetting, ct);
        if (setting is { Value: not Pending }) return null;
        if (setting is null && await scope.Db.Users.AnyAsync(ct)) return null;
        var key = UserAccounts.KeyOf(FirstAdmin);
        if (await scope.Db.Users.SingleOrDefaultAsync(u => u.NameKey == key, ct) is { } old)
        {
            if (old.LastLoginAt is not null) return null;
            scope.Db.Users.Remove(old);
            await scope.Db.SaveChangesAsync(ct);
        }
        var password = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);
        scope.Db.Users.Add(_users.Create(FirstAdmin, password, GdsRoles.All, Caller.Gds.Who, scope.Now));
        if (setting is null) scope.Db.Settings.Add(new Setting(AdminSetting, Pending));
        scope.Audit(new Deed(Caller.Gds, "user.add", FirstAdmin), "first administrator");
        return password;
    }, cancellationToken);
}
