using System.Security.Cryptography;
using System.Text;
using Gds.Core.Access;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.Protection;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;

namespace Gds.Core.Requests;

/// <summary>Certificates on request (Part 12, 7.9.3 and 7.9.4): StartSigningRequest and StartNewKeyPairRequest.</summary>
public sealed class CertificateRequests
{
    private const int LongestPassword = 256;

    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly RequestPolicy _policy;
    private readonly ApprovalRules _rules;
    private readonly Issuing _issuing;
    private readonly IDataProtection _protection;
    private readonly GdsCoreOptions _options;
    private readonly TimeProvider _time;

    internal CertificateRequests(
        LiveState live, WriteGate gate, Auditor auditor, RequestPolicy policy, ApprovalRules rules,
        Issuing issuing, IDataProtection protection, GdsCoreOptions options, TimeProvider time)
    {
        (_live, _gate, _auditor, _policy, _rules) = (live, gate, auditor, policy, rules);
        (_issuing, _protection, _options, _time) = (issuing, protection, options, time);
    }

    /// <summary>
    /// Starts a request for the key of a PKCS#10 request and gives its id. A null group is the default one; a null type
    /// is chosen by the key. The same request again, while the first is open, gives the first one's id.
    /// </summary>
    public Task<Guid> StartSigningRequestAsync(
        Caller caller, Guid applicationId, string? group, uint? typeId, ReadOnlyMemory<byte> certificateRequest, CancellationToken cancellationToken)
    {
        const string method = "StartSigningRequest";
        var deed = new Deed(caller, "certificate.request", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            var (record, groupState) = Admit(caller, applicationId, group, method);
            var asked = _policy.CheckSigningRequest(record, groupState, typeId, certificateRequest.Span, hostsOfRecord: caller.IsGds);
            var csr = certificateRequest.ToArray();
            var request = IssueRequest.ForSigning(
                NewId(), record.Id, groupState.Id, asked.TypeId, Origin(caller), csr, Convert.ToHexString(SHA256.HashData(csr)), Now);
            return await StartAsync(deed, record, groupState, request, asked, null, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Starts a request for a key pair that the GDS makes, and gives its id.</summary>
    public Task<Guid> StartNewKeyPairRequestAsync(
        Caller caller, Guid applicationId, string? group, uint? typeId, NewKeyPairOrder order, CancellationToken cancellationToken)
    {
        const string method = "StartNewKeyPairRequest";
        ArgumentNullException.ThrowIfNull(order);
        var deed = new Deed(caller, "certificate.request", AuditText.Of(applicationId));
        return _auditor.RunAsync(deed, async () =>
        {
            var (record, groupState) = Admit(caller, applicationId, group, method);
            var asked = _policy.CheckNewKeyPair(record, groupState, typeId, order.SubjectName, order.DomainNames);
            var wrapping = new KeyWrapping(PrivateKeyFormats.Check(order.PrivateKeyFormat), CheckPassword(order.PrivateKeyPassword));
            var id = NewId();
            var password = wrapping.Password is null
                ? null
                : await _protection.ProtectAsync(Issuing.PasswordPurpose(id), Encoding.UTF8.GetBytes(wrapping.Password), cancellationToken);
            var request = IssueRequest.ForNewKeyPair(
                id, record.Id, groupState.Id, asked.TypeId, Origin(caller), order.SubjectName ?? "", asked.Hosts.All, wrapping.Format, password, Now);
            return await StartAsync(deed, record, groupState, request, asked, wrapping, cancellationToken);
        }, cancellationToken);
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private Guid NewId() => Guid.CreateVersion7(_time.GetUtcNow());

    private static RequestOrigin Origin(Caller caller) => new(caller.Who, caller.Origin, caller.Application?.Thumbprint);

    private (ApplicationRecord Record, GroupState Group) Admit(Caller caller, Guid applicationId, string? group, string method)
    {
        var state = _live.Current;
        Demands.Encrypted(caller, method);
        var record = Demands.RoleOrPrivilege(state, caller, GdsRoles.CertificateAuthorityAdmin, applicationId, Now, method);
        var groupState = state.DemandGroup(group);
        if (!groupState.Members.Contains(record.Id) && !caller.Has(GdsRoles.CertificateAuthorityAdmin))
            throw new GdsProblem(ProblemKind.RequestNotAllowed, $"The application {record.Id} is not in the group {groupState.Name}; a CertificateAuthorityAdmin assigns groups.");
        return (record, groupState);
    }

    private static string? CheckPassword(string? password) => password switch
    {
        null or "" => null,
        { Length: > LongestPassword } => throw GdsProblem.Invalid($"PrivateKeyPassword has {password.Length} characters; {LongestPassword} is the limit."),
        _ => password,
    };

    private async Task<Guid> StartAsync(
        Deed deed, ApplicationRecord record, GroupState group, IssueRequest request, CheckedRequest asked, KeyWrapping? wrapping, CancellationToken cancellationToken)
    {
        if (OpenTwin(_live.Current, request) is { } known) return known; // before anything is signed
        var rule = _rules.Decide(_live.Current, deed.Caller, record, group, asked.Hosts, Now);
        var signed = rule is null ? null : await TrySignAsync(request, group, record, asked, wrapping, cancellationToken);
        return await _gate.WriteAsync((scope, _) =>
        {
            if (OpenTwin(scope.State, request) is { } twin) return Task.FromResult(twin);
            if (scope.State.Directory.Find(record.Id) is null) throw Demands.NoSuchApplication(record.Id);
            Join(scope, record.Id, group.Id);
            scope.Db.IssueRequests.Add(request);
            scope.Audit(deed with { Target = AuditText.Of(record.Id, record.ApplicationUri) }, $"request {request.Id}, {rule ?? "waits for approval"}");
            if (rule is not null) request.Approve(deed.Caller.Who, rule, scope.Now);
            if (signed is not null) Issuing.Record(scope, deed, request, signed);
            else scope.Moved(request);
            scope.Tell(new CertificateRequested(request.Id, record.Id, group.Name, request.TypeId, Pending: rule is null));
            return Task.FromResult(request.Id);
        }, cancellationToken);
    }

    // An issuer that is away does not lose the request: it stays approved, and is issued when the issuer is back.
    private async Task<Signed?> TrySignAsync(
        IssueRequest request, GroupState group, ApplicationRecord record, CheckedRequest asked, KeyWrapping? wrapping, CancellationToken cancellationToken)
    {
        try
        {
            return await _issuing.SignAsync(request.Id, group, record, asked, wrapping, cancellationToken);
        }
        catch (GdsProblem problem) when (problem.Kind == ProblemKind.Unavailable)
        {
            return null;
        }
    }

    private Guid? OpenTwin(GdsState state, IssueRequest request)
    {
        var open = state.Requests.Of(request.ApplicationId);
        if (request.CsrHash is not null && open.FirstOrDefault(r => r.CsrHash == request.CsrHash && r.GroupId == request.GroupId
            && r.TypeId == request.TypeId && r.CallerThumbprint == request.CallerThumbprint) is { } twin)
            return twin.Id;
        if (open.Count >= _options.MaxOpenRequests)
            throw new GdsProblem(ProblemKind.RequestNotAllowed, $"The application has {open.Count} open requests, which is the limit; finish them, or have them rejected.");
        return null;
    }

    // Admit saw to it that only a CertificateAuthorityAdmin brings a new member in.
    private static void Join(WriteScope scope, Guid applicationId, int groupId)
    {
        var group = scope.State.Groups[groupId];
        if (group.Members.Contains(applicationId)) return;
        scope.Db.GroupMemberships.Add(new GroupMembership(applicationId, groupId, scope.Now));
        scope.State = scope.State.With(group with { Members = group.Members.Add(applicationId) });
    }
}
