using GatewayAgent.Configuration;
using GatewayAgent.Gds;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace GatewayAgent.Enrolment;

/// <summary>
/// First contact: the GDS is known by the fingerprint in the enrolment string, the agent by the token in it. In one session
/// the agent registers itself and its gateways and gets their certificates; its own comes last. Each step is on disk before
/// the next begins, so that the same string can be used again after an interruption.
/// </summary>
internal sealed class Enroller(
    StateStore state, Fleet fleet, OwnIdentity own, GdsConnector connector, Registration registration, ApplicationRefresh refresh, RefreshCycle cycle, TimeProvider time, ILogger<Enroller> logger)
{
    /// <param name="text">The enrolment string; it is never logged or stored.</param>
    /// <param name="replace">Leaves the GDS that the agent is enrolled with now.</param>
    public async Task RunAsync(string text, bool replace, CancellationToken cancellationToken)
    {
        if (!EnrolmentString.TryParse(text, out var invitation, out var fault)) throw new AgentProblem(ProblemKind.Usage, fault);
        var isDone = await cycle.AloneAsync(() => BeginAsync(invitation, replace, cancellationToken), cancellationToken);
        if (isDone) await cycle.AloneAsync(() => BringNewAsync(invitation, cancellationToken), cancellationToken);
        var before = isDone ? await cycle.RunAsync(byHand: true, cancellationToken) : null;
        if (before is { IsGood: true }) return;
        var startsOver = replace || before?.Problem is { Kind: ProblemKind.NeedsEnrolment };
        await cycle.AloneAsync(() => RunAsync(invitation, startsOver, cancellationToken), cancellationToken);
        var result = await cycle.RunAsync(byHand: false, cancellationToken);
        if (result.Problem is { } problem) throw problem;
    }

    /// <returns>True where the agent is enrolled with this GDS already.</returns>
    private async Task<bool> BeginAsync(EnrolmentString invitation, bool replace, CancellationToken cancellationToken)
    {
        var fingerprint = Convert.ToHexString(invitation.CertificateSha256);
        var before = await state.ReadEnrolmentAsync(cancellationToken);
        var same = before is not null && before.Fingerprint == fingerprint && before.EndpointUrl == invitation.EndpointUrl;
        if (same && before!.IsComplete && !replace) return true;
        if (before is { IsComplete: true } && !same && !replace)
            throw new AgentProblem(ProblemKind.Refused, $"The agent is enrolled with the GDS {before.EndpointUrl} (fingerprint {before.Fingerprint}); the string is for {invitation.EndpointUrl} (fingerprint {fingerprint}). Use --replace to leave the first one.");
        if (before is { IsComplete: true }) await LeaveAsync(cancellationToken);

        var name = await state.EnsureNameAsync(cancellationToken);
        await state.WriteEnrolmentAsync(
            new EnrolmentState
            {
                EndpointUrl = invitation.EndpointUrl,
                Fingerprint = fingerprint,
                TokenId = invitation.TokenId.ToString("D"),
                ApplicationUri = name.ApplicationUri,
                ApplicationName = name.ApplicationName,
                Begun = time.GetUtcNow(),
            },
            cancellationToken);
        return false;
    }

    /// <summary>
    /// An agent that is enrolled brings further gateways: the token lets them in without a person. Where the GDS does not take
    /// it, they come by the agent's certificate in the cycle that follows, and wait for an approval.
    /// </summary>
    private async Task BringNewAsync(EnrolmentString invitation, CancellationToken cancellationToken)
    {
        var (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        List<ManagedApplication> fresh = [];
        foreach (var application in managed.Where(a => a.Configuration.Pull))
        {
            if ((await application.Store.ReadAsync(cancellationToken)).ApplicationId is null) fresh.Add(application);
        }

        if (fresh.Count == 0) return;
        var enrolment = (await state.ReadEnrolmentAsync(cancellationToken))!;
        try
        {
            await OpenOwnAsync(agent!, enrolment, configuration, cancellationToken);
            var pinned = await connector.FindPinnedAsync(invitation.EndpointUrl, enrolment.Fingerprint, configuration.Timeout, cancellationToken);
            await using var session = await SignInAsync(invitation, pinned, configuration, cancellationToken);
            var directory = new DirectoryClient(session);
            foreach (var application in fresh) await refresh.RunAsync(directory, application, configuration, new RefreshMode(ByHand: true), cancellationToken);
        }
        catch (AgentProblem e)
        {
            Log.TokenNotTaken(logger, fresh.Count, e.Message);
        }
    }

    /// <summary>Takes up what a stop has cut off in the agent's own folder, and opens the pair in it, or makes the first one.</summary>
    private async Task OpenOwnAsync(ManagedApplication agent, EnrolmentState enrolment, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        await refresh.RecoverAsync(agent, cancellationToken);
        await own.OpenAsync(enrolment.ApplicationName, enrolment.ApplicationUri, configuration.Organization, cancellationToken);
    }

    private Task<UaSession> SignInAsync(EnrolmentString invitation, byte[] pinned, AgentConfiguration configuration, CancellationToken cancellationToken) =>
        connector.EnrolAsync(invitation.EndpointUrl, pinned, UserIdentity.Named(invitation.UserName, invitation.Password), configuration.Timeout, cancellationToken);

    private async Task RunAsync(EnrolmentString invitation, bool startsOver, CancellationToken cancellationToken)
    {
        var (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        var enrolment = (await state.ReadEnrolmentAsync(cancellationToken))!;
        await OpenOwnAsync(agent!, enrolment, configuration, cancellationToken);
        var url = invitation.EndpointUrl;
        if (startsOver) await own.StartOverAsync(cancellationToken);
        var pinned = await connector.FindPinnedAsync(url, enrolment.Fingerprint, configuration.Timeout, cancellationToken);
        enrolment = enrolment with { PinnedCertificate = pinned, GdsApplicationUri = Pki.CertificateChainBytes.Parse(pinned)[0].ApplicationUri };
        await state.WriteEnrolmentAsync(enrolment, cancellationToken);

        await using var session = await SignInAsync(invitation, pinned, configuration, cancellationToken);
        var directory = new DirectoryClient(session);
        await RegisterAgentAsync(directory, agent!, cancellationToken);
        foreach (var application in managed) await refresh.RunAsync(directory, application, configuration, new RefreshMode(ByHand: true), cancellationToken);

        var result = await refresh.RunAsync(directory, agent!, configuration, new RefreshMode(ByHand: true), cancellationToken);
        await own.Identity.RefreshAsync(cancellationToken);
        if (result.State == SyncState.WaitingForApproval)
            throw new AgentProblem(ProblemKind.Refused, $"The GDS {url} wants a person to approve the agent's own certificate (request {result.Pending?.RequestId}). Run the same command again when it is approved ('gds request approve').");
        if (result.State != SyncState.InSync) throw new AgentProblem(ProblemKind.Refused, $"The agent did not get its own certificate: {result.LastError}");
        await state.WriteEnrolmentAsync(enrolment with { Completed = time.GetUtcNow() }, cancellationToken);
        Log.Enrolled(logger, url, enrolment.ApplicationUri);
    }

    private async Task RegisterAgentAsync(DirectoryClient directory, ManagedApplication agent, CancellationToken cancellationToken)
    {
        try
        {
            await registration.EnsureAsync(directory, agent, cancellationToken);
        }
        catch (UaException e)
        {
            throw GdsErrors.OfCall($"the registration of {agent.ApplicationUri}", e);
        }
    }

    /// <summary>Nothing of the old GDS is asked for any more; what it gave stays known, so that the new one's lists can take its place.</summary>
    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var (_, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        foreach (var application in agent is null ? managed : [.. managed, agent])
        {
            await application.Store.ChangeAsync(
                s => s with { ApplicationId = null, RegisteredAs = null, Places = null, Reported = null, Pending = null, RejectedUntil = null, Hold = null, State = SyncState.New, TrustList = s.TrustList is { } list ? list with { LastUpdate = DateTimeOffset.MinValue } : null },
                cancellationToken);
        }
    }
}
