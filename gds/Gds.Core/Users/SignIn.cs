using Gds.Core.Audit;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Users;

/// <summary>Who signed in, and with which roles.</summary>
public sealed record SignedIn(string Name, GdsRoles Roles);

/// <summary>Checks names and passwords, a few at a time: each check costs a tenth of a second of a processor by design.</summary>
public sealed class SignIn : IDisposable
{
    private const int LongestInput = 256;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly WriteGate _gate;
    private readonly LoginThrottle _throttle;
    private readonly GdsCoreOptions _options;
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    internal SignIn(IDbContextFactory<GdsDbContext> factory, WriteGate gate, LoginThrottle throttle, GdsCoreOptions options)
        => (_factory, _gate, _throttle, _options) = (factory, gate, throttle, options);

    /// <summary>Gives the user, or throws CredentialsRejected; the text never says which part was wrong.</summary>
    /// <param name="origin">Address without port.</param>
    public async Task<SignedIn> CheckAsync(string name, string password, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        if (name.Length > LongestInput || password.Length > LongestInput) throw Rejected();
        var key = UserAccounts.KeyOf(name);
        if (_throttle.Wait(key, origin) is { Ticks: > 0 } wait)
            throw new GdsProblem(ProblemKind.CredentialsRejected, $"Too many failed attempts; wait {Math.Ceiling(wait.TotalSeconds)} s.");

        var user = await FindAsync(key, cancellationToken);
        if (user is null || !await VerifyAsync(user, password, cancellationToken) || user.Disabled)
        {
            if (user is null) await PretendAsync(password, cancellationToken);
            _throttle.Failed(key, origin);
            await RecordAsync(name, origin, user?.Id, succeeded: false, cancellationToken);
            throw Rejected();
        }
        _throttle.Succeeded(key, origin);
        await RecordAsync(user.Name, origin, user.Id, succeeded: true, cancellationToken);
        return new(user.Name, RoleNames.Parse(user.Roles));
    }

    /// <summary>Gives the user of that name, whose certificate was found to be his; CredentialsRejected for one who is disabled or not there.</summary>
    /// <param name="origin">Address without port, or what else is known of where he comes from.</param>
    public async Task<SignedIn> AdmitAsync(string name, string origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var user = await FindAsync(UserAccounts.KeyOf(name), cancellationToken);
        var admitted = user is { Disabled: false };
        await RecordAsync(name, origin, user?.Id, admitted, cancellationToken);
        return admitted ? new(user!.Name, RoleNames.Parse(user.Roles)) : throw Rejected();
    }

    public void Dispose() => _hashing.Dispose();

    private static GdsProblem Rejected() => new(ProblemKind.CredentialsRejected, "The user name or the password is wrong.");

    private async Task<User?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NameKey == key, cancellationToken);
    }

    private Task<bool> VerifyAsync(User user, string password, CancellationToken cancellationToken)
        => HashAsync(() => PasswordHash.Verify(user, password), cancellationToken);

    private Task<bool> PretendAsync(string password, CancellationToken cancellationToken)
        => HashAsync(() => { PasswordHash.Pretend(password, _options.PasswordIterations); return false; }, cancellationToken);

    private async Task<bool> HashAsync(Func<bool> hash, CancellationToken cancellationToken)
    {
        await _hashing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(hash, cancellationToken);
        }
        finally
        {
            _hashing.Release();
        }
    }

    private Task RecordAsync(string name, string origin, Guid? userId, bool succeeded, CancellationToken cancellationToken)
        => _gate.WriteAsync(async (scope, ct) =>
        {
            if (await scope.Db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct) is { } user)
            {
                if (succeeded) user.LoginSucceeded(scope.Now);
                else user.LoginFailed(scope.Now);
            }
            var caller = new Caller { Who = AuditText.Of(name), Origin = origin };
            scope.Audit(new Deed(caller, "user.sign-in", AuditText.Of(name)), succeeded ? AuditResult.Good : nameof(ProblemKind.CredentialsRejected), null);
        }, cancellationToken);
}
