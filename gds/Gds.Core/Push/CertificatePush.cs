using System.Security.Cryptography;
using Gds.Core.Certificates;
using Gds.Core.Requests;
using Gds.Core.State;
using Gds.Store;
using Pki;
using Ua.Core;
using Ua.Gds;

namespace Gds.Core.Push;

/// <summary>A certificate that was given to the target and is not seen there yet.</summary>
internal sealed record GivenCertificate(PushPlace Place, NodeId TypeId, Guid RequestId, ApplicationCertificate Certificate, bool NeedsApply);

/// <summary>Gives a target the certificate of one place and type: finds out whether it is due, has it signed, hands it over.</summary>
internal sealed class CertificatePush(LiveState live, CertificateRequests requests, PushedRequests pushed, TimeProvider time)
{
    /// <summary>The certificate types that both sides have.</summary>
    public static IReadOnlyList<uint> TypesOf(PushPlace place)
    {
        var theirs = place.Theirs.CertificateTypes;
        if (theirs.Count == 0 || theirs.Contains(ObjectTypeIds.ApplicationCertificateType)) return [place.Ours.Types[0]];
        return [.. place.Ours.Types.Where(t => theirs.Contains(new NodeId(t)))];
    }

    /// <summary>The certificate in use; null where the place is empty or the target does not tell.</summary>
    public static async Task<(bool IsKnown, ApplicationCertificate? Certificate)> CurrentAsync(PushContext context, PushPlace place, uint typeId, CancellationToken cancellationToken)
    {
        if (place.Configuration.HasGetCertificates)
        {
            var held = await place.Configuration.GetCertificatesAsync(place.Theirs.NodeId, cancellationToken);
            return (true, held.FirstOrDefault(c => c.CertificateTypeId == new NodeId(typeId)) is { } found ? Parse(found.Certificate) : null);
        }
        return place.IsServer ? (true, context.Connection.Served) : (false, null);
    }

    /// <summary>Settles what earlier runs left: one whose certificate is in use is confirmed.</summary>
    public async Task<IReadOnlyList<PushedRequest>> SettleAsync(PushContext context, PushPlace place, uint typeId, ApplicationCertificate? current, CancellationToken cancellationToken)
    {
        var open = await pushed.OpenAsync(place.Application.Id, place.Ours.Id, typeId, cancellationToken);
        if (current is null || open.FirstOrDefault(r => current.Equals(r.Certificate)) is not { } used) return open;
        await pushed.ConfirmAsync(place.Application.Id, used.RequestId, cancellationToken);
        await context.Notes.DoneAsync(PushStepKind.Verify, place.Subject, $"The certificate [{current.Thumbprint}] of an earlier run is in use.", cancellationToken);
        await DiscardAsync(open.Where(r => r != used), cancellationToken);
        return [];
    }

    public async Task DiscardAsync(IEnumerable<PushedRequest> unused, CancellationToken cancellationToken)
    {
        foreach (var request in unused) await pushed.DiscardAsync(request.RequestId, cancellationToken);
    }

    /// <summary>Why a certificate is to be given; null where the present one is good.</summary>
    public string? DueBecause(PushContext context, PushPlace place, uint typeId, bool isKnown, ApplicationCertificate? current, IReadOnlyList<PushedRequest> open)
    {
        var (state, now) = (live.Current, time.GetUtcNow().UtcDateTime);
        if (context.Run.Renew) return "a new one was asked for";
        if (open.Count > 0) return "one was issued and is not in use yet";
        if (Renewal.IsDue(state, place.Application, place.Ours, typeId, now)) return "it is due";
        if (!isKnown) return null;
        if (current is null) return "there is none";
        if (state.Certificates.Find(current.Thumbprint) is not { } ours) return "the present one is not one of this GDS in force";
        if (ours.ApplicationId != place.Application.Id) return "the present one was issued to another application";
        return now >= Renewal.RenewAt(ours) ? "it is due" : null;
    }

    /// <summary>Gives the target a certificate: one that waits, else a new one.</summary>
    public async Task<GivenCertificate> GiveAsync(
        PushContext context, PushPlace place, uint typeId, bool isEmpty, IReadOnlyList<PushedRequest> open, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var waiting in open)
        {
            if (waiting.State is RequestState.New or RequestState.Approved)
                throw new GdsProblem(ProblemKind.NothingToDo, $"Request {waiting.RequestId} is {waiting.State} and has no certificate yet.");
            if (waiting.Certificate is not { } certificate || !certificate.IsValidAt(now)) continue;
            try
            {
                return await HandOverAsync(context, place, typeId, waiting, cancellationToken);
            }
            catch (UaException e) when (PushErrors.IsRefusal(e))
            {
                await context.Notes.SkippedAsync(PushStepKind.UpdateCertificate, place.Subject, $"The certificate of an earlier run was refused: {e.Message}", cancellationToken);
            }
        }
        if (!context.Run.Renew) await DemandNotWithdrawnAsync(context, place, typeId, cancellationToken);
        var requestId = await AskAsync(context, place, typeId, isEmpty, cancellationToken);
        var request = await pushed.GetAsync(requestId, cancellationToken);
        if (request.Certificate is null) throw new GdsProblem(ProblemKind.NothingToDo, $"Request {requestId} is {request.State} and has no certificate yet.");
        await context.Notes.DoneAsync(PushStepKind.Issue, place.Subject, $"Issued [{request.Certificate.Thumbprint}], until {request.Certificate.NotAfter:u}.", cancellationToken);
        return await HandOverAsync(context, place, typeId, request, cancellationToken);
    }

    /// <summary>Whose certificate was revoked gets another one only when a person says so, as with a request of its own.</summary>
    private async Task DemandNotWithdrawnAsync(PushContext context, PushPlace place, uint typeId, CancellationToken cancellationToken)
    {
        if (await pushed.WithdrawnAsync(place.Application.Id, place.Ours.Id, typeId, cancellationToken) is not { } revoked) return;
        context.Notes.Begin(PushStepKind.Issue);
        throw new GdsProblem(
            ProblemKind.RequestNotAllowed,
            $"The certificate [{revoked.Thumbprint}] of '{place.Application.ApplicationUri}' was revoked at {revoked.RevokedAt:u} ({revoked.RevocationCause}); it gets another one only by 'gds push run' with --renew.");
    }

    private async Task<Guid> AskAsync(PushContext context, PushPlace place, uint typeId, bool isEmpty, CancellationToken cancellationToken)
    {
        context.Notes.Begin(PushStepKind.SigningRequest);
        if (isEmpty) await FillAsync(context, place, typeId, cancellationToken);
        try
        {
            return await AskWithRequestAsync(context, place, typeId, isEmpty, context.Target.RenewsKey, cancellationToken);
        }
        catch (UaException e) when (PushErrors.IsInability(e))
        {
            var formats = place.Properties.SupportedPrivateKeyFormats;
            var format = formats.Contains(Ua.Gds.PrivateKeyFormats.Pfx, StringComparer.OrdinalIgnoreCase) ? Ua.Gds.PrivateKeyFormats.Pfx
                : formats.Contains(Ua.Gds.PrivateKeyFormats.Pem, StringComparer.OrdinalIgnoreCase) ? Ua.Gds.PrivateKeyFormats.Pem : null;
            if (format is not null)
            {
                await context.Notes.LimitedAsync(PushStepKind.SigningRequest, place.Subject, $"The target makes no key ({e.Message}); the GDS makes one and sends it as {format}.", cancellationToken);
                var order = new NewKeyPairOrder(null, null, format, null);
                return await requests.StartNewKeyPairRequestAsync(PushedRequests.Caller, place.Application.Id, place.Ours.Name, typeId, order, cancellationToken);
            }
            if (!context.Target.RenewsKey) throw;
            await context.Notes.LimitedAsync(PushStepKind.SigningRequest, place.Subject, $"The target makes no new key ({e.Message}); it keeps the one it has.", cancellationToken);
            return await AskWithRequestAsync(context, place, typeId, isEmpty, renewsKey: false, cancellationToken);
        }
    }

    private async Task<Guid> AskWithRequestAsync(PushContext context, PushPlace place, uint typeId, bool isEmpty, bool renewsKey, CancellationToken cancellationToken)
    {
        var nonce = renewsKey ? RandomNumberGenerator.GetBytes(ServerConfigurationClient.LeastNonceLength) : null;
        var subject = isEmpty ? $"CN={place.Application.DefaultName.Replace('/', ' ').Replace(',', ' ')}" : null;
        var csr = await context.Connection.WhilePendingAsync(
            () => place.Configuration.CreateSigningRequestAsync(place.Theirs.NodeId, new NodeId(typeId), subject, renewsKey, nonce, cancellationToken), cancellationToken);
        await context.Notes.DoneAsync(PushStepKind.SigningRequest, place.Subject, renewsKey ? "The target made a new key." : "The target signed with its key.", cancellationToken);
        context.Notes.Begin(PushStepKind.Issue);
        return await requests.StartSigningRequestAsync(PushedRequests.Caller, place.Application.Id, place.Ours.Name, typeId, csr, cancellationToken);
    }

    /// <summary>A request is modelled on the present certificate, so an empty place gets one first, where the target can make it.</summary>
    private static async Task FillAsync(PushContext context, PushPlace place, uint typeId, CancellationToken cancellationToken)
    {
        if (!place.Configuration.HasCreateSelfSignedCertificate) return;
        var hosts = HostNames.Of(place.Application);
        await context.Connection.WhilePendingAsync(
            () => place.Configuration.CreateSelfSignedCertificateAsync(
                place.Theirs.NodeId, new NodeId(typeId), null, hosts.Dns, [.. hosts.Addresses.Select(a => a.ToString())], cancellationToken: cancellationToken),
            cancellationToken);
        await context.Notes.DoneAsync(PushStepKind.SigningRequest, place.Subject, "The place was empty; the target made itself a certificate to begin with.", cancellationToken);
    }

    private async Task<GivenCertificate> HandOverAsync(PushContext context, PushPlace place, uint typeId, PushedRequest request, CancellationToken cancellationToken)
    {
        context.Notes.Begin(PushStepKind.UpdateCertificate);
        var (type, certificate) = (new NodeId(typeId), request.Certificate!);
        bool needsApply;
        if (request.KeyFormat is { } format)
        {
            var key = await pushed.KeyAsync(request.RequestId, cancellationToken);
            try
            {
                needsApply = await context.Connection.WhilePendingAsync(
                    () => place.Configuration.UpdateCertificateAsync(place.Theirs.NodeId, type, certificate.Der, request.Issuers, format, key, cancellationToken), cancellationToken);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(key);
            }
        }
        else
        {
            needsApply = await context.Connection.WhilePendingAsync(
                () => place.Configuration.UpdateCertificateAsync(place.Theirs.NodeId, type, certificate.Der, request.Issuers, cancellationToken), cancellationToken);
        }
        await context.Notes.DoneAsync(PushStepKind.UpdateCertificate, place.Subject, $"The target took [{certificate.Thumbprint}]{(needsApply ? "" : " and uses it at once")}.", cancellationToken);
        return new(place, type, request.RequestId, certificate, needsApply);
    }

    private static ApplicationCertificate Parse(byte[] der)
    {
        try
        {
            return CertificateChainBytes.Parse(der)[0];
        }
        catch (PkiException e)
        {
            throw new UaException(StatusCodes.BadUnknownResponse, $"GetCertificates returned something that is no certificate: {e.Message}", e);
        }
    }
}
