using GatewayAgent.Configuration;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace GatewayAgent.Refresh;

/// <summary>What a look at an application's certificate brought.</summary>
/// <param name="Certificate">A certificate of the GDS that is to be put into the folder; null for none.</param>
/// <param name="IsWaiting">A request waits for a person.</param>
internal sealed record RenewalOutcome(IdentityCertificate? Certificate, bool IsWaiting)
{
    public static RenewalOutcome Nothing { get; } = new(null, IsWaiting: false);
}

/// <summary>
/// Asks the GDS for certificates (Part 12, 7.6). The key is on disk before the GDS hears of it, the request id before the
/// call counts, and the certificate before it is put into a folder: a kill between any two steps loses nothing.
/// </summary>
internal sealed class CertificateRenewal(DirectoryClient directory, AgentConfiguration configuration, TimeProvider time, ILogger<CertificateRenewal> logger)
{
    /// <summary>Takes up the request that is open, or starts one where there is a reason.</summary>
    /// <param name="reason">Why a new certificate is needed; null where it is not.</param>
    /// <param name="byHand">A person asked for this cycle: a request is made again although the last one was rejected.</param>
    public async Task<RenewalOutcome> RunAsync(ManagedApplication application, NodeId applicationId, NodeId groupId, string? reason, bool byHand, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        if (state.Pending is { } pending)
        {
            if (await application.Store.FindKeyAsync(pending, cancellationToken) is not { } key) await DropAsync(application, pending, "its private key is gone from the disk", cancellationToken);
            else if (pending.Certificate is not null) return Taken(pending, key);
            else if (pending.RequestId is { } id) return await FinishAsync(application, applicationId, groupId, pending, NodeId.Parse(id), key, attempts: 1, cancellationToken);
            else return await StartAsync(application, applicationId, groupId, pending, key, cancellationToken);
        }

        if (reason is null) return RenewalOutcome.Nothing;
        if (state.RejectedUntil is { } until && time.GetUtcNow() < until && !byHand)
            throw new AgentProblem(ProblemKind.Refused, $"A certificate is needed, since {reason}, but the last request was rejected at the GDS. The next one is made after {until:u}, or by 'gateway-agent sync'.");
        var fresh = await Task.Run(() => KeyPair.Create(KindOf(application.Configuration.KeySize)), cancellationToken);
        var request = new PendingRequest { KeyFile = await application.Store.KeepKeyAsync(fresh, cancellationToken), Started = time.GetUtcNow(), Reason = reason };
        await application.Store.ChangeAsync(s => s with { Pending = request, RejectedUntil = null }, cancellationToken);
        return await StartAsync(application, applicationId, groupId, request, fresh, cancellationToken);
    }

    /// <summary>A certificate that was collected before but is not in the folder yet.</summary>
    public static async Task<IdentityCertificate?> CollectedAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        var state = await application.Store.ReadAsync(cancellationToken);
        if (state.Pending is not { Certificate: not null } pending) return null;
        return await application.Store.FindKeyAsync(pending, cancellationToken) is { } key ? Taken(pending, key).Certificate : null;
    }

    private static KeyPairKind KindOf(int bits) => bits switch
    {
        4096 => KeyPairKind.Rsa4096,
        3072 => KeyPairKind.Rsa3072,
        _ => KeyPairKind.Rsa2048,
    };

    private static RenewalOutcome Taken(PendingRequest pending, KeyPair key)
    {
        var chain = CertificateChainBytes.Parse(pending.Certificate);
        var issuers = chain.Skip(1).Concat(pending.Issuers.Select(i => ApplicationCertificate.Parse(i))).Distinct();
        return new RenewalOutcome(new IdentityCertificate(chain[0], key, issuers), IsWaiting: false);
    }

    private async Task<RenewalOutcome> StartAsync(ManagedApplication application, NodeId applicationId, NodeId groupId, PendingRequest pending, KeyPair key, CancellationToken cancellationToken)
    {
        var commonName = application.IsAgent ? $"Gateway agent on {LocalHostNames.HostName}" : application.Name;
        var csr = RequestedNames.Of(application.Configuration, commonName, configuration.Organization).Request(key, application.ApplicationUri);
        NodeId requestId;
        try
        {
            requestId = await directory.StartSigningRequestAsync(applicationId, groupId, NodeId.Null, csr, cancellationToken);
        }
        catch (UaException e) when (!Gds.GdsErrors.IsAway(e))
        {
            await DropAsync(application, pending, $"the GDS refused it: {e.Message}", cancellationToken);
            throw;
        }

        pending = pending with { RequestId = requestId.ToString(), GroupId = groupId.ToString() };
        await application.Store.ChangeAsync(s => s with { Pending = pending }, cancellationToken);
        Log.RequestStarted(logger, application.Name, pending.Reason, pending.RequestId);
        return await FinishAsync(application, applicationId, groupId, pending, requestId, key, configuration.FinishAttempts, cancellationToken);
    }

    private async Task<RenewalOutcome> FinishAsync(ManagedApplication application, NodeId applicationId, NodeId groupId, PendingRequest pending, NodeId requestId, KeyPair key, int attempts, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await directory.FinishRequestAsync(applicationId, requestId, cancellationToken) is { } finished)
                    return await KeepAsync(application, pending, finished.Certificate, finished.IssuerCertificates, key, cancellationToken);
                if (attempt >= attempts) break;
                await Task.Delay(configuration.FinishInterval, time, cancellationToken);
            }

            Log.RequestPending(logger, application.Name, pending.RequestId!);
            return new RenewalOutcome(null, IsWaiting: true);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadInvalidArgument)
        {
            return await RecoverAsync(application, applicationId, groupId, pending, key, e, cancellationToken);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadRequestNotAllowed)
        {
            await DropAsync(application, pending, e.Message, cancellationToken, rejected: true);
            throw new AgentProblem(ProblemKind.Refused, $"The request for a certificate was rejected at the GDS: {e.Message.TrimEnd('.')}. The next one is made in {configuration.RetryRejectedAfter}, or by 'gateway-agent sync'.", e);
        }
        catch (UaException e) when (!Gds.GdsErrors.IsAway(e))
        {
            await DropAsync(application, pending, e.Message, cancellationToken);
            throw;
        }
    }

    /// <summary>The GDS knows the request no longer: its answer may have been lost on the way, and then the certificate exists (Part 12, 7.9.5).</summary>
    private async Task<RenewalOutcome> RecoverAsync(ManagedApplication application, NodeId applicationId, NodeId groupId, PendingRequest pending, KeyPair key, UaException reason, CancellationToken cancellationToken)
    {
        foreach (var certificate in await CertificatesAsync(applicationId, groupId, cancellationToken))
        {
            if (key.Matches(CertificateChainBytes.Parse(certificate)[0].PublicKey)) return await KeepAsync(application, pending, certificate, [], key, cancellationToken);
        }

        await DropAsync(application, pending, reason.Message, cancellationToken);
        throw new AgentProblem(ProblemKind.Refused, $"The GDS does not know the request {pending.RequestId} any more ({reason.Message}); a new one is made in the next cycle.", reason);
    }

    /// <summary>What the GDS has issued to the application; nothing where it is one that does not tell.</summary>
    private async Task<IEnumerable<byte[]>> CertificatesAsync(NodeId applicationId, NodeId groupId, CancellationToken cancellationToken)
    {
        try
        {
            return (await directory.GetCertificatesAsync(applicationId, groupId, cancellationToken)).Select(c => c.Certificate);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadMethodInvalid || e.StatusCode == StatusCodes.BadNotImplemented || e.StatusCode == StatusCodes.BadNotSupported)
        {
            return [];
        }
    }

    private async Task<RenewalOutcome> KeepAsync(ManagedApplication application, PendingRequest pending, byte[] certificate, IEnumerable<byte[]> issuers, KeyPair key, CancellationToken cancellationToken)
    {
        pending = pending with { Certificate = certificate, Issuers = [.. issuers] };
        RenewalOutcome outcome;
        try
        {
            outcome = Taken(pending, key);
        }
        catch (PkiException e)
        {
            await DropAsync(application, pending, e.Message, cancellationToken);
            throw new AgentProblem(ProblemKind.Refused, $"What the GDS handed out is no certificate for the request: {e.Message} A new request is made in the next cycle.", e);
        }

        await application.Store.ChangeAsync(s => s with { Pending = pending }, cancellationToken);
        return outcome;
    }

    private async Task DropAsync(ManagedApplication application, PendingRequest pending, string reason, CancellationToken cancellationToken, bool rejected = false)
    {
        Log.RequestDropped(logger, application.Name, pending.RequestId ?? "without an id", reason);
        await application.Store.ChangeAsync(s => s with { Pending = null, RejectedUntil = rejected ? time.GetUtcNow() + configuration.RetryRejectedAfter : s.RejectedUntil }, cancellationToken);
    }
}
