using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.Certificates;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Applications;

/// <summary>The directory of applications (Part 12, 6.5): find, register, update, unregister, get, query.</summary>
public sealed class ApplicationDirectory
{
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly Revocation _revocation;
    private readonly TimeProvider _time;

    internal ApplicationDirectory(LiveState live, WriteGate gate, Auditor auditor, Revocation revocation, TimeProvider time)
        => (_live, _gate, _auditor, _revocation, _time) = (live, gate, auditor, revocation, time);

    /// <summary>The record of that URI, or null (Part 12, 6.5.4). Any client may ask.</summary>
    public ApplicationRecord? Find(string? applicationUri)
        => _live.Current.Directory.Find(RegistrationRules.CheckApplicationUri(applicationUri));

    /// <summary>The record of that id (Part 12, 6.5.9). Any client may ask.</summary>
    public ApplicationRecord Get(Guid applicationId)
        => _live.Current.Directory.Find(applicationId) ?? throw Demands.NoSuchApplication(applicationId);

    /// <summary>All records, oldest change first.</summary>
    public IEnumerable<ApplicationRecord> List() => _live.Current.Directory.All;

    /// <summary>A page of applications (Part 12, 6.5.10). Any client may ask.</summary>
    public ApplicationPage QueryApplications(ApplicationQuery query) => DirectoryQuery.Applications(_live.Current, query);

    /// <summary>A page of servers, one entry for each discovery URL (Part 12, 6.5.11). Any client may ask.</summary>
    public ServerPage QueryServers(ServerQuery query) => DirectoryQuery.Servers(_live.Current, query);

    /// <summary>Registers an application and gives its id (Part 12, 6.5.6).</summary>
    public Task<Guid> RegisterAsync(Caller caller, ApplicationRegistration registration, CancellationToken cancellationToken)
    {
        const string method = "RegisterApplication";
        ArgumentNullException.ThrowIfNull(registration);
        var deed = new Deed(caller, "application.register", AuditText.Of(registration.ApplicationUri));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Signed(caller, method);
            DemandRegistrar(_live.Current, caller, registration.ApplicationUri ?? "", Now);
            var valid = RegistrationRules.Check(registration);
            return await _gate.WriteAsync((scope, _) => Task.FromResult(Register(scope, deed, valid)), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Replaces the content of a record; its ApplicationUri stays (Part 12, 6.5.7).</summary>
    public Task UpdateAsync(Caller caller, Guid applicationId, ApplicationRegistration registration, CancellationToken cancellationToken)
    {
        const string method = "UpdateApplication";
        ArgumentNullException.ThrowIfNull(registration);
        var deed = new Deed(caller, "application.update", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Signed(caller, method);
            var record = Demands.RoleOrPrivilege(_live.Current, caller, GdsRoles.DiscoveryAdmin, applicationId, Now, method);
            if (registration.ApplicationUri is { Length: > 0 } uri && uri != record.ApplicationUri)
                throw new GdsProblem(ProblemKind.WriteNotSupported, $"ApplicationUri is '{record.ApplicationUri}' and cannot be changed to '{uri}'; register another application.");
            var valid = RegistrationRules.Check(registration);
            await _gate.WriteAsync((scope, ct) => UpdateAsync(scope, deed, applicationId, valid, ct), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Removes a record and revokes every certificate that was issued to it (Part 12, 6.5.8).</summary>
    public Task UnregisterAsync(Caller caller, Guid applicationId, CancellationToken cancellationToken)
    {
        const string method = "UnregisterApplication";
        var deed = new Deed(caller, "application.unregister", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Signed(caller, method);
            Demands.RoleOrPrivilege(_live.Current, caller, GdsRoles.DiscoveryAdmin, applicationId, Now, method);
            await _gate.WriteAsync((scope, ct) => UnregisterAsync(scope, deed, applicationId, ct), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Gives one application the privilege ApplicationAdmin for another, or takes it; for the SecurityAdmin.</summary>
    public Task SetAdminAsync(Caller caller, Guid clientId, Guid managedId, bool granted, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, granted ? "application.grant-admin" : "application.revoke-admin", $"{clientId} over {managedId}");
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Role(caller, GdsRoles.SecurityAdmin, "Granting ApplicationAdmin");
            await _gate.WriteAsync((scope, ct) => SetAdminAsync(scope, deed, clientId, managedId, granted, ct), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Ids of the applications that one may administer by grant.</summary>
    public IReadOnlyCollection<Guid> ManagedBy(Guid clientId) => _live.Current.Grants.Of(clientId);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private static Guid Register(WriteScope scope, Deed deed, ValidRegistration valid)
    {
        var caller = deed.Caller;
        var enrols = !caller.Has(GdsRoles.DiscoveryAdmin);
        DemandRegistrar(scope.State, caller, valid.ApplicationUri, scope.Now);
        if (scope.State.Directory.Find(valid.ApplicationUri) is { } existing)
            throw new GdsProblem(ProblemKind.EntryExists, $"ApplicationUri '{valid.ApplicationUri}' is registered already, as {existing.Id}.");

        var (by, token) = enrols ? (caller.Application!.ApplicationUri, caller.Enrolment?.TokenId) : (caller.Who, null);
        var application = new Application(Guid.CreateVersion7(scope.Now), valid.ApplicationUri, by, token, scope.Now);
        Describe(scope, application, valid);
        if (enrols) TakeCharge(scope, caller, application);
        scope.Db.Applications.Add(application);
        Join(scope, application);
        var record = ApplicationRecord.Of(application);
        scope.State = scope.State with { Directory = scope.State.Directory.With(record) };
        scope.Audit(deed with { Target = AuditText.Of(application.Id, application.ApplicationUri) });
        scope.Tell(new ApplicationChanged(application.Id, application.ApplicationUri, ApplicationChange.Registered));
        return application.Id;
    }

    private static void DemandRegistrar(GdsState state, Caller caller, string applicationUri, DateTime now)
    {
        if (!caller.Has(GdsRoles.DiscoveryAdmin) && !state.MayRegister(caller, applicationUri, now))
            throw GdsProblem.Denied($"RegisterApplication of '{AuditText.Of(applicationUri)}' needs the role DiscoveryAdmin, or an enrolment token or the privilege ApplicationAdmin for that ApplicationUri.");
    }

    // Who registers something else than itself administers it from then on.
    private static void TakeCharge(WriteScope scope, Caller caller, Application application)
    {
        var channel = caller.Application!;
        if (application.ApplicationUri == channel.ApplicationUri)
        {
            if (caller.Enrolment?.Patterns.FirstOrDefault(p => !TokenPatterns.Parse(p).IsLiteral) is { } pattern) application.MayAdminister(pattern);
            return;
        }
        var client = scope.State.Directory.Find(channel.ApplicationUri)
            ?? throw GdsProblem.Denied($"Register '{channel.ApplicationUri}', your own application, before '{application.ApplicationUri}', which it is to administer.");
        if (scope.State.ClientApplication(caller) is null && !Privileges.Enrols(caller, client, scope.Now))
            throw GdsProblem.Denied($"The certificate of the channel is not that of the registered application '{channel.ApplicationUri}'.");
        scope.Db.ApplicationAdminGrants.Add(new ApplicationAdminGrant(client.Id, application.Id, caller.Who, scope.Now));
        scope.State = scope.State with { Grants = scope.State.Grants.With(client.Id, application.Id) };
        scope.Tell(new AdminGranted(client.Id, application.Id));
    }

    private static void Join(WriteScope scope, Application application)
    {
        if (scope.State.Group(GdsState.DefaultGroup) is not { } group) return;
        scope.Db.GroupMemberships.Add(new GroupMembership(application.Id, group.Id, scope.Now));
        scope.State = scope.State.With(group with { Members = group.Members.Add(application.Id) });
    }

    private static async Task UpdateAsync(WriteScope scope, Deed deed, Guid id, ValidRegistration valid, CancellationToken cancellationToken)
    {
        var application = await scope.Db.Applications.SingleOrDefaultAsync(a => a.Id == id, cancellationToken) ?? throw Demands.NoSuchApplication(id);
        Describe(scope, application, valid);
        scope.State = scope.State with { Directory = scope.State.Directory.With(ApplicationRecord.Of(application)) };
        scope.Audit(deed with { Target = AuditText.Of(id, application.ApplicationUri) });
        scope.Tell(new ApplicationChanged(id, application.ApplicationUri, ApplicationChange.Updated));
    }

    private async Task UnregisterAsync(WriteScope scope, Deed deed, Guid id, CancellationToken cancellationToken)
    {
        var application = await scope.Db.Applications.SingleOrDefaultAsync(a => a.Id == id, cancellationToken) ?? throw Demands.NoSuchApplication(id);
        var revoked = await _revocation.RevokeAllAsync(scope, deed.Caller, id, cancellationToken);
        scope.Db.Applications.Remove(application);
        var state = scope.State;
        foreach (var group in state.Groups.Values.Where(g => g.Members.Contains(id)))
            state = state.With(group with { Members = group.Members.Remove(id) });
        scope.State = state with
        {
            Directory = state.Directory.Without(id),
            Grants = state.Grants.WithoutApplication(id),
            Requests = state.Requests.WithoutApplication(id),
            Sync = state.Sync.WithoutApplication(id),
            Inbox = state.Inbox.WithoutApplication(id),
        };
        scope.Audit(deed with { Target = AuditText.Of(id, application.ApplicationUri) }, $"{revoked} certificates revoked");
        scope.Tell(new ApplicationChanged(id, application.ApplicationUri, ApplicationChange.Unregistered));
    }

    private static async Task SetAdminAsync(WriteScope scope, Deed deed, Guid clientId, Guid managedId, bool granted, CancellationToken cancellationToken)
    {
        foreach (var id in new[] { clientId, managedId })
        {
            if (scope.State.Directory.Find(id) is null) throw Demands.NoSuchApplication(id);
        }
        if (clientId == managedId) throw GdsProblem.Invalid("An application administers itself without a grant.");
        if (scope.State.Grants.Has(clientId, managedId) == granted) return;
        var grants = scope.Db.ApplicationAdminGrants;
        if (granted) grants.Add(new ApplicationAdminGrant(clientId, managedId, deed.Caller.Who, scope.Now));
        else grants.Remove(await grants.SingleAsync(g => g.ClientId == clientId && g.ManagedId == managedId, cancellationToken));
        var state = scope.State.Grants;
        scope.State = scope.State with { Grants = granted ? state.With(clientId, managedId) : state.Without(clientId, managedId) };
        if (granted) scope.Tell(new AdminGranted(clientId, managedId));
        scope.Audit(deed);
    }

    private static void Describe(WriteScope scope, Application application, ValidRegistration valid)
    {
        var recordId = checked(scope.State.LastRecordId + 1);
        application.Describe(recordId, valid.ApplicationType, valid.Names, valid.ProductUri, valid.DiscoveryUrls, valid.ServerCapabilities, scope.Now);
        RecordIds.Rise(scope, recordId);
    }
}
