using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Users;

/// <summary>A user as lists show it.</summary>
public sealed record UserView(
    string Name, GdsRoles Roles, bool Disabled, int FailedLogins, DateTime? LastLoginAt, DateTime PasswordChangedAt, string CreatedBy, DateTime CreatedAt);

/// <summary>The users of the GDS; changed by a SecurityAdmin.</summary>
public sealed class UserAccounts
{
    private const int LongestName = 64, LongestPassword = 256;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly GdsCoreOptions _options;

    internal UserAccounts(IDbContextFactory<GdsDbContext> factory, WriteGate gate, Auditor auditor, GdsCoreOptions options)
        => (_factory, _gate, _auditor, _options) = (factory, gate, auditor, options);

    public async Task<IReadOnlyList<UserView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        Demands.Role(caller, GdsRoles.SecurityAdmin, "Listing users");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var users = await db.Users.AsNoTracking().OrderBy(u => u.NameKey).ToListAsync(cancellationToken);
        return users.ConvertAll(u => new UserView(
            u.Name, RoleNames.Parse(u.Roles), u.Disabled, u.FailedLogins, u.LastLoginAt, u.PasswordChangedAt, u.CreatedBy, u.CreatedAt));
    }

    public Task AddAsync(Caller caller, string name, string password, GdsRoles roles, CancellationToken cancellationToken)
        => ChangeAsync(caller, "user.add", name, async (scope, ct) =>
        {
            CheckName(name);
            if (await FindAsync(scope.Db, name, ct) is not null) throw new GdsProblem(ProblemKind.EntryExists, $"Name '{name}' is a user already.");
            scope.Db.Users.Add(Create(name, password, roles, caller.Who, scope.Now));
            return string.Join(", ", RoleNames.Of(roles));
        }, password, cancellationToken);

    public Task RemoveAsync(Caller caller, string name, CancellationToken cancellationToken)
        => ChangeAsync(caller, "user.remove", name, async (scope, ct) =>
        {
            var user = await DemandAsync(scope.Db, name, ct);
            await KeepAnAdminAsync(scope.Db, user, ct);
            scope.Db.Users.Remove(user);
            return null;
        }, null, cancellationToken);

    public Task SetRolesAsync(Caller caller, string name, GdsRoles roles, CancellationToken cancellationToken)
        => ChangeAsync(caller, "user.roles", name, async (scope, ct) =>
        {
            var user = await DemandAsync(scope.Db, name, ct);
            if (!roles.HasFlag(GdsRoles.SecurityAdmin)) await KeepAnAdminAsync(scope.Db, user, ct);
            user.SetRoles(RoleNames.Of(roles));
            return string.Join(", ", RoleNames.Of(roles));
        }, null, cancellationToken);

    public Task SetDisabledAsync(Caller caller, string name, bool disabled, CancellationToken cancellationToken)
        => ChangeAsync(caller, disabled ? "user.disable" : "user.enable", name, async (scope, ct) =>
        {
            var user = await DemandAsync(scope.Db, name, ct);
            if (disabled)
            {
                await KeepAnAdminAsync(scope.Db, user, ct);
                user.Disable();
            }
            else user.Enable();
            return null;
        }, null, cancellationToken);

    /// <summary>Sets a password; a user may do that for itself, a SecurityAdmin for anyone.</summary>
    public Task SetPasswordAsync(Caller caller, string name, string password, CancellationToken cancellationToken)
        => ChangeAsync(caller, "user.password", name, async (scope, ct) =>
        {
            var user = await DemandAsync(scope.Db, name, ct);
            PasswordHash.Set(user, password, _options.PasswordIterations, scope.Now);
            return null;
        }, password, cancellationToken, orSelf: true);

    internal User Create(string name, string password, GdsRoles roles, string by, DateTime now)
    {
        var user = new User(Guid.CreateVersion7(now), name, KeyOf(name), RoleNames.Of(roles), by, now);
        PasswordHash.Set(user, password, _options.PasswordIterations, now);
        return user;
    }

    internal static string KeyOf(string name) => name.Trim().ToUpperInvariant();

    private Task ChangeAsync(
        Caller caller, string action, string name, Func<WriteScope, CancellationToken, Task<string?>> change,
        string? password, CancellationToken cancellationToken, bool orSelf = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        var deed = new Deed(caller, action, AuditText.Of(name));
        return _auditor.RunAsync(deed, async () =>
        {
            if (!orSelf || KeyOf(caller.Who) != KeyOf(name) || caller.Application is not null && caller.Roles == GdsRoles.None)
                Demands.Role(caller, GdsRoles.SecurityAdmin, "Changing users");
            if (password is not null) CheckPassword(password);
            await _gate.WriteAsync(async (scope, ct) =>
            {
                scope.Audit(deed, await change(scope, ct));
                scope.Tell(new UserChanged(name));
            }, cancellationToken);
        }, cancellationToken);
    }

    private static void CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Trim() != name)
            throw GdsProblem.Invalid($"Name must have 1 to {LongestName} characters and no white space at its ends.");
        if (name.Any(c => char.IsControl(c) || c == ':'))
            throw GdsProblem.Invalid($"Name '{name}' has a colon or a control character; those are kept for tokens and URIs.");
    }

    private void CheckPassword(string password)
    {
        if (password.Length < _options.MinPasswordLength) throw GdsProblem.Invalid($"Password has {password.Length} characters; {_options.MinPasswordLength} are needed.");
        if (password.Length > LongestPassword) throw GdsProblem.Invalid($"Password has {password.Length} characters; {LongestPassword} is the limit.");
    }

    private static Task<User?> FindAsync(GdsDbContext db, string name, CancellationToken cancellationToken)
    {
        var key = KeyOf(name);
        return db.Users.SingleOrDefaultAsync(u => u.NameKey == key, cancellationToken);
    }

    private static async Task<User> DemandAsync(GdsDbContext db, string name, CancellationToken cancellationToken)
        => await FindAsync(db, name, cancellationToken) ?? throw GdsProblem.NotFound($"Name '{AuditText.Of(name)}' is not a user.");

    // Without one, nobody could ever change users again.
    private static async Task KeepAnAdminAsync(GdsDbContext db, User leaving, CancellationToken cancellationToken)
    {
        var others = await db.Users.AsNoTracking().Where(u => u.Id != leaving.Id && !u.Disabled).ToListAsync(cancellationToken);
        if (!others.Exists(u => RoleNames.Parse(u.Roles).HasFlag(GdsRoles.SecurityAdmin)))
            throw new GdsProblem(ProblemKind.InvalidState, $"'{leaving.Name}' is the last user with the role SecurityAdmin; give the role to another first.");
    }
}
