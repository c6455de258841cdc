using Ua.Core;
using Ua.Gds.Agents;
using Ua.Gds.Tests.Directory;
using Ua.Server.Nodes;

namespace Ua.Gds.Tests.Agents;

/// <summary>The client of agent reports: what goes out, and what happens at a GDS that takes none.</summary>
public sealed class AgentReportClientTests
{
    private static readonly AgentStateReport s_report = new(
        new NodeId("app", 3), new NodeId(615, 2), AgentOutcome.Drifted, "AA", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), null, "changed by hand");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gds_of_another_maker_is_told_nothing_and_no_error_comes_of_it()
    {
        await using var gds = await ScriptedDirectory.StartAsync();
        var client = new AgentReportClient(gds.Session);
        (await client.IsServedAsync(Ct)).ShouldBeFalse();
        (await client.ReportStateAsync(s_report, Ct)).ShouldBeFalse();
        (await client.ReportFindingsAsync(s_report.ApplicationId, [new AgentFinding(FindingKind.Drift, FindingPolicy.Left, [1], default)], Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_report_goes_out_as_it_was_made_and_its_text_is_cut()
    {
        await using var gds = await ScriptedDirectory.StartAsync();
        var heard = Serve(gds, AgentIds.ReportState);
        var client = new AgentReportClient(gds.Session);
        (await client.ReportStateAsync(s_report, Ct)).ShouldBeTrue();
        await client.ReportStateAsync(s_report with { Text = new string('x', 5_000) }, Ct);
        heard[0].Select(v => v.Value).ShouldBe([s_report.ApplicationId, s_report.GroupId, 2, "AA", s_report.TrustListUpdatedAt, DateTime.MinValue, "changed by hand"]);
        ((string)heard[1][6].Value!).Length.ShouldBe(AgentReportClient.LongestText);
    }

    [Fact]
    public async Task Findings_go_out_in_portions_that_the_gds_takes()
    {
        await using var gds = await ScriptedDirectory.StartAsync();
        var heard = Serve(gds, AgentIds.ReportFindings);
        var seen = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var findings = Enumerable.Range(0, 100).Select(i => new AgentFinding(FindingKind.Rejected, FindingPolicy.None, [(byte)i], seen)).ToList();
        await new AgentReportClient(gds.Session).ReportFindingsAsync(s_report.ApplicationId, findings, Ct);
        var ns = (ushort)gds.Server.Space.Namespaces.IndexOf(AgentIds.NamespaceUri);
        var portions = heard.Select(inputs => (ExtensionObject[])inputs[1].Value!).ToList();
        portions.Select(p => p.Length).ShouldBe([AgentReportClient.MostFindings, 36]);
        var all = portions.SelectMany(p => p).Select(e => AgentFinding.TryFrom(e, ns, out var finding) ? finding! : throw new InvalidOperationException("not a finding")).ToList();
        all.Select(f => f.Certificate.Single()).ShouldBe(findings.Select(f => f.Certificate.Single()));
        all.ShouldAllBe(f => f.SeenAt == seen && f.Kind == FindingKind.Rejected);
    }

    private static List<Variant[]> Serve(ScriptedDirectory gds, uint method)
    {
        gds.Server.Space.Load(AgentNodeTable.Open());
        List<Variant[]> heard = [];
        var node = gds.Server.Space.Get<MethodNode>(new NodeId(method, (ushort)gds.Server.Space.Namespaces.IndexOf(AgentIds.NamespaceUri)));
        node.AccessDecidedByHandler = true;
        node.Handler = (call, _) =>
        {
            heard.Add(call.Inputs);
            return Task.FromResult(MethodResult.Good());
        };
        return heard;
    }
}
