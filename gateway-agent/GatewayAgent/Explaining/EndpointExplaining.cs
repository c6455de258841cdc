using GatewayAgent.Configuration;
using GatewayAgent.Refresh;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>Connects to an endpoint as a gateway does and says what stands in the way, on this side and, as far as it shows, on the other.</summary>
internal sealed class EndpointExplaining(TimeProvider time, ILoggerFactory loggers)
{
    private static readonly CertificateValidationOptions s_strict = new();
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <param name="others">Every application managed here: the other side may be one of them, so that its folder can be looked at too.</param>
    public async Task<IReadOnlyList<ExplainedCase>> RunAsync(IReadOnlyList<ManagedApplication> applications, IReadOnlyList<ManagedApplication> others, string url, CancellationToken cancellationToken)
    {
        List<ExplainedCase> cases = [];
        foreach (var application in applications)
        {
            foreach (var store in StoreRoles.For(application, PeerRole.Server))
                cases.Add(await RunAsync(await StoreEvidence.CollectAsync(application, store, time, cancellationToken), others, url, cancellationToken));
        }

        return cases;
    }

    private async Task<ExplainedCase> RunAsync(StoreEvidence evidence, IReadOnlyList<ManagedApplication> others, string url, CancellationToken cancellationToken)
    {
        var probe = await ProbeAsync(evidence, url, cancellationToken);
        List<Judgement> judgements = [];
        if (probe.Chosen is { ServerCertificate.Length: > 0 } endpoint) judgements.Add(await JudgeServerAsync(evidence, endpoint, url, time, cancellationToken));
        List<Reason> reasons = [.. await evidence.OwnReasonsAsync(time, cancellationToken), .. judgements.SelectMany(j => j.Reasons)];
        if (await ClockAsync(evidence, probe, judgements, url, cancellationToken) is { } clock) reasons.Insert(0, clock);
        // Without an answer nothing else matters yet; a refusal comes after what is known to be wrong here.
        if (ProbeReasons.Of(probe, url) is { } failed) reasons.Insert(probe.Stage <= ProbeStage.Discovering ? 0 : reasons.Count, failed);
        await AddOtherSideAsync(evidence, others, probe, judgements, reasons, cancellationToken);

        reasons = [.. reasons.OrderBy(r => r.Weight)];
        var blocking = reasons.Find(r => r.Weight == ReasonWeight.Blocks);
        var verdict = blocking?.Text ?? (probe.Failure is null && evidence.Own.Own is not null ? $"{evidence.Application.Name} and {url} connect, each trusting the other." : $"Nothing that shows stands between {evidence.Application.Name} and {url}.");
        return new(evidence.Application.Name, evidence.Store.Name, evidence.Store.Path, blocking is null, blocking?.Cause ?? Cause.None, verdict, Seen(probe, evidence, url), judgements, reasons);
    }

    private async Task<ProbeReport> ProbeAsync(StoreEvidence evidence, string url, CancellationToken cancellationToken)
    {
        var identity = evidence.Own.Own is { Certificate.ApplicationUri: not null } own ? new FixedApplicationIdentity(new ApplicationIdentity(own)) : null;
        var client = identity is null ? null : new ClientApplication(evidence.Application.Name, identity);
        try
        {
            return await EndpointProbe.RunAsync(url, client, new DiscoveryOptions { Timeout = s_patience, Time = time, LoggerFactory = loggers }, cancellationToken);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadTcpEndpointUrlInvalid)
        {
            throw new AgentProblem(ProblemKind.Usage, e.Message, e);
        }
    }

    private static Task<Judgement> JudgeServerAsync(StoreEvidence evidence, EndpointDescription endpoint, string url, TimeProvider clock, CancellationToken cancellationToken)
    {
        var check = new CertificateCheck(endpoint.ServerCertificate, PeerRole.Server)
        {
            ApplicationUri = endpoint.Server.ApplicationUri,
            HostName = DiscoveryUrl.HostOf(url),
            KeyRule = CertificateKeyRule.ForPolicy(endpoint.SecurityPolicyUri),
        };
        return new CertificateExplainer(s_strict, clock).ExplainAsync(evidence.Judge, evidence.Folder.Lists, check, evidence.Sightings, cancellationToken);
    }

    /// <summary>Whether the clocks differ, and whether that alone is what is wrong: judged again by the other clock, it would be right.</summary>
    private async Task<Reason?> ClockAsync(StoreEvidence evidence, ProbeReport probe, List<Judgement> judgements, string url, CancellationToken cancellationToken)
    {
        if (probe.ClockDifference is not { } difference || difference.Duration() < ClockReasons.Worth) return null;
        var theirs = new ShiftedTime(time, difference);
        var ours = judgements.Find(j => !j.Accepted && ClockReasons.AreOfTime(j.Cause));
        var cured = ours is not null && (await JudgeServerAsync(evidence, probe.Chosen!, url, theirs, cancellationToken)).Accepted;
        var refused = probe.Failure is not null && evidence.Own.Own?.Certificate is { } own && own.IsValidAt(time.GetUtcNow()) && !own.IsValidAt(theirs.GetUtcNow());
        return ClockReasons.Of(difference, time.GetUtcNow(), url, blocks: cured || refused);
    }

    /// <summary>Where the other side is managed here too: whether its folder accepts us, and whether it serves the certificate that lies in its folder.</summary>
    private async Task AddOtherSideAsync(StoreEvidence evidence, IReadOnlyList<ManagedApplication> others, ProbeReport probe, List<Judgement> judgements, List<Reason> reasons, CancellationToken cancellationToken)
    {
        var uri = probe.Endpoints.Select(e => e.Server.ApplicationUri).FirstOrDefault();
        if (uri is null || others.FirstOrDefault(o => o.ApplicationUri == uri) is not { } other) return;
        var there = await StoreEvidence.CollectAsync(other, StoreRoles.For(other, PeerRole.Client)[0], time, cancellationToken);
        if (probe.Chosen?.ServerCertificate is { Length: > 0 } served && there.Own.Own?.Certificate is { } lies && Leaf(served) is { } leaf && !leaf.Equals(lies))
            reasons.Insert(0, Reason.Blocks(Cause.RenewedCertificateNotServed, $"{other.Name} serves the certificate {leaf}, but {lies} (until {lies.NotAfter.UtcDateTime:u}) lies in its folder {there.Store.Folder.Paths.OwnCertificates}.", leaf, there.Store.Folder.Paths.OwnCertificates));
        if (evidence.Own.Own is not { } own || other == evidence.Application) return;
        var judgement = await new CertificateExplainer(s_strict, time).ExplainAsync(
            there.Judge, there.Folder.Lists, new CertificateCheck(own.ChainBytes, PeerRole.Client) { ApplicationUri = evidence.Application.ApplicationUri }, there.Sightings, cancellationToken);
        judgements.Add(judgement);
        // What its folder says is known; what its refusal most likely means comes after.
        var guess = reasons.FindIndex(r => r.Cause is Cause.PeerDoesNotTrustUs);
        reasons.InsertRange(guess < 0 ? reasons.Count : guess, judgement.Reasons);
    }

    private static ApplicationCertificate? Leaf(byte[] chain)
    {
        try
        {
            return CertificateChainBytes.Parse(chain)[0];
        }
        catch (PkiException)
        {
            return null; // the judgement of the server's certificate says so
        }
    }

    private static ConnectionSeen Seen(ProbeReport probe, StoreEvidence evidence, string url)
    {
        var offered = probe.Endpoints.Select(e => $"{e.SecurityMode}/{SecurityPolicies.ByUri(e.SecurityPolicyUri)?.Name ?? e.SecurityPolicyUri}").Distinct().ToList();
        var server = probe.Chosen?.ServerCertificate is { Length: > 0 } chain ? Leaf(chain)?.ToString() : null;
        return new(
            url, evidence.Own.Own?.Certificate.ToString(), probe.Stage, probe.Failure?.StatusCode.ToString(), probe.Failure?.Message,
            probe.ClockDifference is { } difference ? Math.Round(difference.TotalSeconds, 1) : null, probe.Endpoints.Select(e => e.Server.ApplicationUri).FirstOrDefault(), server, offered);
    }

    /// <summary>The clock of the other side.</summary>
    private sealed class ShiftedTime(TimeProvider time, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + by;
    }
}
