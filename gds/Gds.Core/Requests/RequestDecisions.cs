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
using Microsoft.Extensions.Logging;

namespace Gds.Core.Requests;

/// <summary>What a RegistrationAuthorityAdmin does with requests: list, approve, reject; and issuing what was approved.</summary>
public sealed class RequestDecisions
{
    private const GdsRoles Readers = GdsRoles.All;
    private const int LongestReason = 512;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly RequestPolicy _policy;
    private readonly Issuing _issuing;
    private readonly IDataProtection _protection;
    private readonly ILogger<RequestDecisions> _log;

    internal RequestDecisions(
        IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, Auditor auditor,
        RequestPolicy policy, Issuing issuing, IDataProtection protection, ILogger<RequestDecisions> log)
    {
        (_factory, _live, _gate, _auditor) = (factory, live, gate, auditor);
        (_policy, _issuing, _protection, _log) = (policy, issuing, protection, log);
    }

    /// <summary>Requests in one state, or all, newest first.</summary>
    public async Task<IReadOnlyList<RequestView>> ListAsync(Caller caller, RequestState? state, int max, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, Readers, "Listing requests");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.IssueRequests.AsNoTracking()
            .Where(r => state == null || r.State == state)
            .OrderByDescending(r => r.CreatedAt)
            .Take(max)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(View);
    }

    public async Task<RequestView> GetAsync(Caller caller, Guid requestId, CancellationToken cancellationToken)
    {
        Demands.AnyRole(caller, Readers, "Showing a request");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        return View(await FindAsync(db.IssueRequests.AsNoTracking(), requestId, cancellationToken));
    }

    /// <summary>Approves a request and issues at once; where the issuer is away it stays Approved and is issued later.</summary>
    public Task<RequestView> ApproveAsync(Caller caller, Guid requestId, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "request.approve", AuditText.Of(requestId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Role(caller, GdsRoles.RegistrationAuthorityAdmin, "Approving a request");
            await _gate.WriteAsync(async (scope, ct) =>
            {
                var request = await FindAsync(scope.Db.IssueRequests, requestId, ct);
                Decide(request, r => r.Approve(caller.Who, "approved", scope.Now));
                scope.Audit(deed);
                scope.Moved(request);
                scope.Tell(new RequestDecided(requestId, request.ApplicationId, Approved: true));
            }, cancellationToken);
            try
            {
                await IssueApprovedAsync(requestId, cancellationToken);
            }
            catch (GdsProblem problem) when (problem.Kind == ProblemKind.Unavailable)
            {
                _log.IssuerAway(requestId, problem.Message); // the decision stands; the upkeep job issues it
            }
            return await GetAsync(caller, requestId, cancellationToken);
        }, cancellationToken);
    }

    public Task<RequestView> RejectAsync(Caller caller, Guid requestId, string? reason, CancellationToken cancellationToken)
    {
        var deed = new Deed(caller, "request.reject", AuditText.Of(requestId));
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Role(caller, GdsRoles.RegistrationAuthorityAdmin, "Rejecting a request");
            if (reason?.Length > LongestReason) throw GdsProblem.Invalid($"Reason has {reason.Length} characters; {LongestReason} is the limit.");
            await _gate.WriteAsync(async (scope, ct) =>
            {
                var request = await FindAsync(scope.Db.IssueRequests, requestId, ct);
                Decide(request, r => r.Reject(caller.Who, string.IsNullOrWhiteSpace(reason) ? "no reason given" : reason, scope.Now));
                scope.Audit(deed, reason);
                scope.Moved(request);
                scope.Tell(new RequestDecided(requestId, request.ApplicationId, Approved: false));
            }, cancellationToken);
            return await GetAsync(caller, requestId, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Issues every request that is approved and has no certificate: after a crash, or when the issuer was away. Gives their number.</summary>
    public async Task<int> ResumeAsync(CancellationToken cancellationToken)
    {
        List<Guid> waiting;
        await using (var db = await _factory.CreateDbContextAsync(cancellationToken))
        {
            waiting = await db.IssueRequests.AsNoTracking()
                .Where(r => r.State == RequestState.Approved)
                .OrderBy(r => r.CreatedAt)
                .Select(r => r.Id)
                .ToListAsync(cancellationToken);
        }
        var issued = 0;
        foreach (var id in waiting)
        {
            try
            {
                if (await IssueApprovedAsync(id, cancellationToken)) issued++;
            }
            catch (GdsProblem problem) when (problem.Kind is ProblemKind.Unavailable or ProblemKind.InvalidState)
            {
                _log.IssuerAway(id, problem.Message); // still approved, or finished by someone else meanwhile
            }
        }
        return issued;
    }

    // The policy is asked again: the record may have changed since the request was made.
    private async Task<bool> IssueApprovedAsync(Guid requestId, CancellationToken cancellationToken)
    {
        IssueRequest request;
        await using (var db = await _factory.CreateDbContextAsync(cancellationToken))
            request = await FindAsync(db.IssueRequests.AsNoTracking(), requestId, cancellationToken);
        if (request.State != RequestState.Approved) return false;
        Signed signed;
        try
        {
            var record = _live.Current.Directory.Find(request.ApplicationId) ?? throw Issuing.NotRegisteredAnyMore(request.ApplicationId);
            var group = _live.Current.Groups[request.GroupId];
            var asked = Check(record, group, request);
            signed = await _issuing.SignAsync(requestId, group, record, asked, await WrappingAsync(request, cancellationToken), cancellationToken);
        }
        catch (GdsProblem problem) when (problem.Kind is ProblemKind.InvalidArgument or ProblemKind.RequestNotAllowed)
        {
            await FailAsync(requestId, problem, cancellationToken);
            return false;
        }
        await _gate.WriteAsync(async (scope, ct) =>
        {
            var row = await FindAsync(scope.Db.IssueRequests, requestId, ct);
            var deed = new Deed(Caller.Gds, "certificate.issue", AuditText.Of(requestId));
            Issuing.Record(scope, deed, row, signed);
        }, cancellationToken);
        return true;
    }

    private CheckedRequest Check(ApplicationRecord record, GroupState group, IssueRequest request) => request.Kind == RequestKind.SigningRequest
        ? _policy.CheckSigningRequest(record, group, request.TypeId, request.Csr, hostsOfRecord: Push.PushedRequests.IsOurs(request))
        : _policy.CheckNewKeyPair(record, group, request.TypeId, request.SubjectName, request.DomainNames);

    private async Task<KeyWrapping?> WrappingAsync(IssueRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind == RequestKind.SigningRequest) return null;
        if (request.ProtectedPassword is not { } sealedPassword) return new(request.PrivateKeyFormat!, null);
        try
        {
            return new(request.PrivateKeyFormat!, Encoding.UTF8.GetString(await _protection.UnprotectAsync(Issuing.PasswordPurpose(request.Id), sealedPassword, cancellationToken)));
        }
        catch (CryptographicException e)
        {
            throw new GdsProblem(ProblemKind.RequestNotAllowed, "The password of the request was sealed under another data protection key and cannot be opened.", e);
        }
    }

    private Task FailAsync(Guid requestId, GdsProblem problem, CancellationToken cancellationToken) => _gate.WriteAsync(async (scope, ct) =>
    {
        var row = await FindAsync(scope.Db.IssueRequests, requestId, ct);
        row.Fail(Caller.Gds.Who, problem.Message, scope.Now);
        scope.Moved(row);
        scope.Audit(new Deed(Caller.Gds, "certificate.issue", AuditText.Of(requestId)), problem.Kind.ToString(), problem.Message);
        scope.Tell(new RequestDecided(requestId, row.ApplicationId, Approved: false));
    }, cancellationToken);

    private static void Decide(IssueRequest request, Action<IssueRequest> decide)
    {
        if (request.State != RequestState.New)
            throw new GdsProblem(ProblemKind.InvalidState, $"Request {request.Id} is {request.State} and was decided by {request.DecidedBy} already.");
        decide(request);
    }

    private static async Task<IssueRequest> FindAsync(IQueryable<IssueRequest> requests, Guid requestId, CancellationToken cancellationToken)
        => await requests.SingleOrDefaultAsync(r => r.Id == requestId, cancellationToken)
        ?? throw GdsProblem.NotFound($"There is no request {requestId}.");

    private RequestView View(IssueRequest request) => RequestViews.Of(request, _live.Current);
}
