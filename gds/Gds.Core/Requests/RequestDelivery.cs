using System.Security.Cryptography;
using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.Protection;
using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Requests;

/// <summary>FinishRequest (Part 12, 7.9.5): hands out what a request brought, once.</summary>
public sealed class RequestDelivery
{
    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly WriteGate _gate;
    private readonly Auditor _auditor;
    private readonly IDataProtection _protection;
    private readonly TimeProvider _time;

    internal RequestDelivery(
        IDbContextFactory<GdsDbContext> factory, LiveState live, WriteGate gate, Auditor auditor, IDataProtection protection, TimeProvider time)
        => (_factory, _live, _gate, _auditor, _protection, _time) = (factory, live, gate, auditor, protection, time);

    /// <summary>NothingToDo until the certificate exists; RequestNotAllowed when it was rejected; InvalidArgument once it was collected.</summary>
    public Task<FinishedRequest> FinishAsync(Caller caller, Guid applicationId, Guid requestId, CancellationToken cancellationToken)
    {
        const string method = "FinishRequest";
        var deed = new Deed(caller, "certificate.deliver", $"{applicationId} request {requestId}");
        return _auditor.RunAsync(deed, async () =>
        {
            Demands.Encrypted(caller, method);
            Demands.RoleOrPrivilege(_live.Current, caller, GdsRoles.CertificateAuthorityAdmin, applicationId, _time.GetUtcNow().UtcDateTime, method);
            if (_live.Current.Requests.Find(requestId) is not { } open) throw await ClosedAsync(caller, applicationId, requestId, cancellationToken);
            Check(open, caller, applicationId);
            return open.Kind == RequestKind.NewKeyPair
                ? await _gate.WriteAsync(DeliverAsync, cancellationToken) // a private key is handed out once, whatever happens
                : await _gate.NoteAsync(DeliverAsync, cancellationToken);

            Task<FinishedRequest> DeliverAsync(WriteScope scope, CancellationToken ct) => this.DeliverAsync(scope, deed, applicationId, requestId, ct);
        }, cancellationToken);
    }

    private static GdsProblem NoSuchRequest(Guid applicationId, Guid requestId)
        => GdsProblem.Invalid($"RequestId {requestId} is not a request of the application {applicationId}.");

    private static GdsProblem Finished(Guid requestId)
        => GdsProblem.Invalid($"RequestId {requestId} was finished already; GetCertificates gives the certificate.");

    private static void Check(OpenRequest request, Caller caller, Guid applicationId)
    {
        if (request.ApplicationId != applicationId) throw NoSuchRequest(applicationId, request.Id);
        CheckCaller(request.CallerThumbprint, caller);
        switch (request.State)
        {
            case RequestState.New:
                throw new GdsProblem(ProblemKind.NothingToDo, $"Request {request.Id} waits for approval; ask again later.");
            case RequestState.Approved:
                throw new GdsProblem(ProblemKind.NothingToDo, $"Request {request.Id} is approved and being issued; ask again.");
        }
    }

    private static void CheckCaller(string? thumbprint, Caller caller)
    {
        if (thumbprint != caller.Application?.Thumbprint)
            throw GdsProblem.Denied("FinishRequest must come with the client certificate that started the request.");
    }

    /// <summary>What is said of a request that is not open.</summary>
    private async Task<GdsProblem> ClosedAsync(Caller caller, Guid applicationId, Guid requestId, CancellationToken cancellationToken)
    {
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var request = await db.IssueRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == requestId && r.ApplicationId == applicationId, cancellationToken);
        if (request is null) return NoSuchRequest(applicationId, requestId);
        CheckCaller(request.CallerThumbprint, caller);
        return request.State == RequestState.Rejected
            ? new GdsProblem(ProblemKind.RequestNotAllowed, $"Request {requestId} was rejected: {request.Reason}")
            : Finished(requestId);
    }

    private async Task<FinishedRequest> DeliverAsync(WriteScope scope, Deed deed, Guid applicationId, Guid requestId, CancellationToken cancellationToken)
    {
        Check(scope.State.Requests.Find(requestId) ?? throw Finished(requestId), deed.Caller, applicationId);
        var (request, state, serialNumber, thumbprint, certificate, authorityId) = await HotQueries.DeliveryOf(scope.Db, requestId, cancellationToken)
            ?? throw new InvalidOperationException($"The certificate of request {requestId} is not in the database.");
        if (state != CertificateState.Issued)
            throw new GdsProblem(ProblemKind.RequestNotAllowed, $"The certificate of request {requestId} is {state} already; start a new request.");
        var group = scope.State.Groups[request.GroupId];
        var finished = new FinishedRequest(certificate!, await PrivateKeyAsync(request, cancellationToken), [group.Authority(authorityId)!.Certificate.Der]);
        request.Accept(scope.Now);
        scope.Moved(request);
        scope.Audit(deed, $"serial {serialNumber}");
        scope.Tell(new CertificateDelivered(requestId, applicationId, group.Name, request.TypeId, thumbprint!));
        return finished;
    }

    private async Task<byte[]?> PrivateKeyAsync(IssueRequest request, CancellationToken cancellationToken)
    {
        if (request.ProtectedPrivateKey is not { } sealedKey) return null;
        try
        {
            return await _protection.UnprotectAsync(Issuing.PrivateKeyPurpose(request.Id), sealedKey, cancellationToken);
        }
        catch (CryptographicException e)
        {
            throw new GdsProblem(ProblemKind.RequestNotAllowed,
                $"The private key of request {request.Id} was sealed under another data protection key and cannot be opened; start a new request.", e);
        }
    }
}
