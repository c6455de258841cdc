using System.Security.Cryptography;
using System.Text;
using Gds.Core.Access;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.Protection;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Push;

/// <summary>The applications that the GDS pushes to, and as whom it signs in there.</summary>
public sealed class PushTargets
{
    private const int LongestSecret = 1024;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly IDataProtection _protection;
    private readonly PushedRequests _requests;
    private readonly TimeProvider _time;

    internal PushTargets(
        IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, Auditor auditor, IDataProtection protection, PushedRequests requests, TimeProvider time)
        => (_factory, _live, _gate, _auditor, _protection, _requests, _time) = (factory, live, gate, auditor, protection, requests, time);

    /// <summary>Makes an application a target, or gives a target another address and login; a first run is queued.</summary>
    public Task<PushTargetView> SetAsync(Caller caller, Guid applicationId, PushTargetOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var deed = new Deed(caller, "push.target", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Role(caller, GdsRoles.SecurityAdmin, "Changing a push target");
            var record = _live.Current.Directory.Find(applicationId) ?? throw Demands.NoSuchApplication(applicationId);
            var url = UrlOf(record, order.EndpointUrl);
            var pin = CheckPin(order.PinnedSha256);
            var login = await SealAsync(record.Id, order, cancellationToken);
            var target = await _gate.WriteAsync((scope, ct) => SetAsync(scope, deed, record, url, pin, order, login, ct), cancellationToken);
            return View(target);
        }, cancellationToken);
    }

    /// <summary>
    /// Ends the pushing. Certificates that were issued for the target and never seen there are revoked where the last run has
    /// seen all that is in use; else the target may use one unseen, so they stay in force and the audit row names them.
    /// </summary>
    public Task RemoveAsync(Caller caller, Guid applicationId, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "push.untarget", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Role(caller, GdsRoles.SecurityAdmin, "Removing a push target");
            await _gate.WriteAsync(async (scope, ct) =>
            {
                var target = await FindAsync(scope.Db, applicationId, ct);
                if (await scope.Db.PushRuns.AnyAsync(r => r.TargetId == target.Id && r.State == PushRunState.Running, ct))
                    throw new GdsProblem(ProblemKind.InvalidState, "A push to this target is running; remove it when that has ended.");
                var applications = scope.State.Grants.Of(applicationId).Add(applicationId);
                var left = await IsSettledAsync(scope.Db, target.Id, ct) ? [] : await LeaveAsync(scope, applications, ct);
                foreach (var id in applications) await _requests.DiscardAllAsync(scope, id, ct);
                scope.Db.PushTargets.Remove(target);
                scope.Audit(deed, left.Count == 0 ? target.EndpointUrl : $"{target.EndpointUrl}; the target may use, so not revoked: {string.Join(", ", left)}");
            }, cancellationToken);
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<PushTargetView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, GdsRoles.All, "Listing push targets");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        return (await db.PushTargets.AsNoTracking().OrderBy(t => t.CreatedAt).ToListAsync(cancellationToken)).ConvertAll(View);
    }

    public async Task<PushTargetView> GetAsync(Caller caller, Guid applicationId, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, GdsRoles.All, "Showing a push target");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        return View(await FindAsync(db, applicationId, cancellationToken));
    }

    internal static string SecretPurpose(Guid applicationId) => $"push-target:{applicationId}";

    /// <summary>What <see cref="PushTarget.ConfirmedVersion"/> is compared with; rises with each change of any trust list.</summary>
    internal static long VersionOf(GdsState state) => state.Groups.Values.Sum(g => g.TrustListVersion);

    private static async Task<PushTarget> FindAsync(GdsDbContext db, Guid applicationId, CancellationToken cancellationToken)
        => await db.PushTargets.SingleOrDefaultAsync(t => t.ApplicationId == applicationId, cancellationToken)
        ?? throw GdsProblem.NotFound($"The application {applicationId} is no push target.");

    private static async Task<bool> IsSettledAsync(GdsDbContext db, Guid targetId, CancellationToken cancellationToken)
        => await db.PushRuns.Where(r => r.TargetId == targetId && r.State != PushRunState.Queued)
            .OrderByDescending(r => r.CreatedAt).Select(r => (PushRunState?)r.State).FirstOrDefaultAsync(cancellationToken) == PushRunState.Succeeded;

    /// <summary>Ends the requests whose certificates were issued and leaves these in force; gives their thumbprints.</summary>
    private static async Task<List<string>> LeaveAsync(WriteScope scope, IReadOnlyCollection<Guid> applications, CancellationToken cancellationToken)
    {
        var (who, origin) = (PushedRequests.Caller.Who, PushedRequests.Caller.Origin);
        var issued = await scope.Db.IssueRequests
            .Where(r => applications.Contains(r.ApplicationId) && r.RequestedBy == who && r.RequestedFrom == origin && r.State == RequestState.Completed).ToListAsync(cancellationToken);
        foreach (var request in issued)
        {
            request.Accept(scope.Now);
            scope.Moved(request);
        }
        await scope.Db.SaveChangesAsync(cancellationToken);
        var ids = issued.ConvertAll(r => r.CertificateId);
        return await scope.Db.IssuedCertificates.Where(c => ids.Contains(c.Id) && c.State == CertificateState.Issued).Select(c => c.Thumbprint!).ToListAsync(cancellationToken);
    }

    private static async Task<PushTarget> SetAsync(
        WriteScope scope, Deed deed, ApplicationRecord record, string url, string? pin, PushTargetOrder order, Action<PushTarget> login, CancellationToken cancellationToken)
    {
        if (scope.State.Directory.Find(record.Id) is null) throw Demands.NoSuchApplication(record.Id);
        if (await scope.Db.PushTargets.SingleOrDefaultAsync(t => t.ApplicationId == record.Id, cancellationToken) is { } old)
        {
            if (await scope.Db.PushRuns.AnyAsync(r => r.TargetId == old.Id && r.State == PushRunState.Running, cancellationToken))
                throw new GdsProblem(ProblemKind.InvalidState, "A push to this target is running; change it when that has ended.");
            scope.Db.PushTargets.Remove(old);
            await scope.Db.SaveChangesAsync(cancellationToken);
        }
        var target = new PushTarget(Guid.CreateVersion7(scope.Now), record.Id, url, deed.Caller.Who, scope.Now);
        login(target);
        target.Follow(pin, order.RenewsKey, order.KeepsOthers);
        scope.Db.PushTargets.Add(target);
        scope.Audit(deed with { Target = AuditText.Of(record.Id, record.ApplicationUri) }, $"{url}, signs in by {target.Login}{(pin is null ? "" : $", pinned to {pin}")}");
        scope.Tell(new PushTargetChanged(record.Id));
        return target;
    }

    private async Task<Action<PushTarget>> SealAsync(Guid applicationId, PushTargetOrder order, CancellationToken cancellationToken)
    {
        if (order.UserName is { Length: > 0 } user)
        {
            if (order.UserCertificate is not null) throw GdsProblem.Invalid("UserName and UserCertificate are both given; a target has one login.");
            if (order.Password is null) throw GdsProblem.Invalid("Password is missing; a user name needs one.");
            if (user.Length > 256 || order.Password.Length > LongestSecret) throw GdsProblem.Invalid($"UserName may have 256 characters, Password {LongestSecret}.");
            var sealedPassword = await _protection.ProtectAsync(SecretPurpose(applicationId), Encoding.UTF8.GetBytes(order.Password), cancellationToken);
            return target => target.SignInAs(user, sealedPassword);
        }
        if (order.UserCertificate is null) return target => target.SignInByApplication();
        var (certificate, key) = ReadCertificate(order.UserCertificate, order.UserKey ?? throw GdsProblem.Invalid("UserKey is missing; a user certificate needs its key."));
        try
        {
            var sealedKey = await _protection.ProtectAsync(SecretPurpose(applicationId), key, cancellationToken);
            return target => target.SignInBy(certificate, sealedKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static (byte[] Certificate, byte[] Key) ReadCertificate(byte[] certificateBytes, byte[] keyBytes)
    {
        try
        {
            var certificate = PemFile.ReadCertificates(certificateBytes)[0];
            using var key = KeyPair.Import(keyBytes);
            return key.Matches(certificate.PublicKey)
                ? (certificate.Der, key.ExportPkcs8())
                : throw GdsProblem.Invalid("UserKey does not belong to UserCertificate.");
        }
        catch (PkiException e)
        {
            throw new GdsProblem(ProblemKind.InvalidArgument, $"UserCertificate or UserKey: {e.Message}", e);
        }
    }

    private static string UrlOf(ApplicationRecord record, string? asked)
    {
        var url = asked ?? record.DiscoveryUrls.FirstOrDefault(u => u.StartsWith("opc.tcp://", StringComparison.OrdinalIgnoreCase))
            ?? throw GdsProblem.Invalid($"EndpointUrl is missing, and '{record.ApplicationUri}' has no DiscoveryUrl that begins with opc.tcp.");
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme == "opc.tcp" && parsed.Host.Length > 0
            ? url
            : throw GdsProblem.Invalid($"EndpointUrl is '{AuditText.Of(url)}'; it must be like opc.tcp://host:4840.");
    }

    private static string? CheckPin(string? sha256)
    {
        if (string.IsNullOrWhiteSpace(sha256)) return null;
        var hex = sha256.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return hex.Length == 64 && hex.All(char.IsAsciiHexDigit) ? hex : throw GdsProblem.Invalid("Fingerprint must be the SHA-256 of a certificate, 64 hex digits.");
    }

    private PushTargetView View(PushTarget t) => new(
        t.Id, t.ApplicationId, _live.Current.Directory.Find(t.ApplicationId)?.ApplicationUri ?? "", t.EndpointUrl, t.Login, t.UserName, t.PinnedSha256, t.RenewsKey, t.KeepsOthers,
        t.ConfirmedVersion >= VersionOf(_live.Current), t.ConfirmedAt, t.FailedRuns, t.RetryAt, t.CreatedBy, t.CreatedAt);
}
