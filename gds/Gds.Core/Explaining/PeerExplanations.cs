using Gds.Core.Access;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Core.TrustLists;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;
using Ua.Security.Certificates;

namespace Gds.Core.Explaining;

/// <summary>Says whether two applications accept each other, step by step on both sides, and what to do where they do not.</summary>
public sealed class PeerExplanations
{
    private static readonly CertificateValidationOptions s_strict = new();

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly SyncRegister _sync;
    private readonly TimeProvider _time;

    internal PeerExplanations(IDbContextFactory<GdsDbContext> factory, LiveState live, SyncRegister sync, TimeProvider time)
        => (_factory, _live, _sync, _time) = (factory, live, sync, time);

    /// <param name="application">ApplicationUri or id of the one.</param>
    /// <param name="peer">The same of the other.</param>
    public async Task<Explanation> ExplainAsync(Caller caller, string application, string peer, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(application);
        ArgumentException.ThrowIfNullOrEmpty(peer);
        Demands.AnyRole(caller, GdsRoles.All, "Explaining a connection");
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var reader = new PartyReader(db, _live.Current, _sync);
        var a = await reader.ReadAsync(application, cancellationToken);
        var b = await reader.ReadAsync(peer, cancellationToken);
        if (a.ApplicationUri == b.ApplicationUri) throw GdsProblem.Invalid($"Application and peer are both {a.ApplicationUri}; two different ones are needed.");

        List<ExplainedDirection> directions = [];
        foreach (var (client, server) in new[] { (a, b), (b, a) })
            if (client.IsClient && server.IsServer) directions.Add(await DirectionAsync(client, server, cancellationToken));
        return Sum(a, b, directions);
    }

    private static Explanation Sum(Party a, Party b, List<ExplainedDirection> directions)
    {
        IEnumerable<Reason> types = directions.Count > 0 || a.Record is null || b.Record is null ? []
            : a.IsServer ? [Reason.Blocks(Cause.NoClient, $"Neither connects: {a.ApplicationUri} is of type {a.Record.ApplicationType} and {b.ApplicationUri} of type {b.Record.ApplicationType}.")]
            : [Reason.Blocks(Cause.NoServer, $"Neither can be connected to: both {a.ApplicationUri} and {b.ApplicationUri} are of type {ApplicationType.Client}.")];
        List<Reason> reasons = [.. a.Reasons.Concat(b.Reasons).Concat(types).Concat(directions.SelectMany(d => d.Reasons)).Distinct().OrderBy(r => r.Weight)];
        var blocking = reasons.Find(r => r.Weight == ReasonWeight.Blocks);
        var verdict = blocking?.Text ?? $"{a.ApplicationUri} and {b.ApplicationUri} accept each other.";
        return new(a.View(), b.View(), blocking is null, blocking?.Cause ?? Cause.None, verdict, directions, reasons);
    }

    private async Task<ExplainedDirection> DirectionAsync(Party client, Party server, CancellationToken cancellationToken)
    {
        var urls = server.Record!.DiscoveryUrls.Where(u => u.StartsWith("opc.tcp:", StringComparison.OrdinalIgnoreCase)).ToList();
        List<Judgement> judgements = [];
        List<Reason> reasons = [.. ListFaults(server), .. ListFaults(client)];
        if (client.Certificate is { } theirs) judgements.Add(await JudgeAsync(server, client, theirs, PeerRole.Client, null, cancellationToken));
        if (server.Certificate is { } own) judgements.Add(await JudgeAsync(client, server, own, PeerRole.Server, urls.Count > 0 ? urls[0] : null, cancellationToken));
        reasons.AddRange(judgements.SelectMany(j => j.Reasons));
        if (urls.Count == 0) reasons.Add(Reason.Warns(Cause.NoDiscoveryUrl, $"{server.ApplicationUri} is registered without an opc.tcp discovery URL, so {client.ApplicationUri} cannot find it here."));
        if (server.Certificate is { } certificate) reasons.AddRange(OtherHosts(server, certificate, urls));
        return new(client.ApplicationUri, server.ApplicationUri, urls.Count > 0 ? urls[0] : null, judgements.TrueForAll(j => j.Accepted) && judgements.Count == 2, judgements, [.. reasons.OrderBy(r => r.Weight)]);
    }

    private async Task<Judgement> JudgeAsync(Party judge, Party other, ApplicationCertificate certificate, PeerRole role, string? url, CancellationToken cancellationToken)
    {
        var check = new CertificateCheck(certificate.Der, role)
        {
            ApplicationUri = other.ApplicationUri,
            HostName = url is null ? null : HostOf(url),
            Source = $"certificate {other.Row!.SerialNumber ?? other.Row.Thumbprint} of {other.ApplicationUri}",
        };
        var judgement = await new CertificateExplainer(s_strict, _time).ExplainAsync(judge.ApplicationUri, GroupLists.Of(judge.Groups), check, Elsewhere(judge), cancellationToken);
        if (judgement.Cause is not (Cause.IssuerMissing or Cause.NotTrusted or Cause.OnlyInOtherStore) || judge.Groups.Any(other.Groups.Contains) || other.Groups.Count == 0) return judgement;
        var groups = $"{judge.ApplicationUri} is in {Names(judge)}, {other.ApplicationUri} in {Names(other)}";
        var mismatch = Reason.Blocks(Cause.NoCommonGroup, $"{groups}: no common certificate group, and the authority of the one is not on the list of the other.", certificate);
        return judgement with { Cause = mismatch.Cause, Text = mismatch.Text, Reasons = [mismatch, .. judgement.Reasons] };
    }

    /// <summary>What lies on the lists of groups that the judge is not in.</summary>
    private List<Sighting> Elsewhere(Party judge) => [.. _live.Current.Groups.Values.Where(g => !judge.Groups.Contains(g)).SelectMany(g =>
        GroupLists.Of([g]).TrustedCertificates.Select(c => new Sighting(SightingPlace.OtherStore, c.Source, "is of a group that it is not in", c.Certificate)))];

    /// <summary>A list that cannot be handed out does not reach its members.</summary>
    private IEnumerable<Reason> ListFaults(Party party)
    {
        foreach (var group in party.Groups)
        {
            foreach (var (authority, crl) in TrustListSnapshot.Of(group).Authorities)
            {
                var text = $"{party.ApplicationUri} gets nothing new: {GroupLists.Name(group)} is not handed out, since the CA {authority}";
                if (crl is null) yield return Reason.Warns(Cause.RevocationListMissing, $"{text} has no CRL.", authority, GroupLists.Name(group));
                else if (crl.NextUpdate is { } end && end <= _time.GetUtcNow()) yield return Reason.Warns(Cause.RevocationListExpired, $"{text} has one that ended on {GroupLists.Date(end.UtcDateTime)}.", authority, GroupLists.Name(group));
            }
        }
    }

    /// <summary>Discovery URLs beside the first whose host the certificate does not name.</summary>
    private static IEnumerable<Reason> OtherHosts(Party server, ApplicationCertificate certificate, List<string> urls) => urls.Skip(1)
        .Where(url => HostOf(url) is { } host && !certificate.DnsNames.Contains(host, StringComparer.OrdinalIgnoreCase) && certificate.IpAddresses.All(a => a.ToString() != host))
        .Select(url => Reason.Warns(
            System.Net.IPAddress.TryParse(HostOf(url), out _) ? Cause.AddressWrong : Cause.HostNameWrong,
            $"The certificate {certificate} of {server.ApplicationUri} does not name the host of its discovery URL {url}: clients that use this URL refuse it.", certificate));

    private static string Names(Party party) => party.Groups.Count == 0 ? "no group" : string.Join(", ", party.Groups.Select(g => g.Name));

    private static string? HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.IdnHost.Trim('[', ']') : null;
}
