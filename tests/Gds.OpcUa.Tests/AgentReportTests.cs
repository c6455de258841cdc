using Gds.Core.Agents;
using Gds.Core.Applications;
using Gds.Core.Requests;
using Gds.Core.Sync;
using Gds.Core.TrustLists;
using Gds.Store;
using Ua.Client;
using Ua.Core;
using Ua.Gds.Agents;
using FindingKind = Ua.Gds.Agents.FindingKind;
using FindingPolicy = Ua.Gds.Agents.FindingPolicy;

namespace Gds.OpcUa.Tests;

/// <summary>The namespace of agent reports: our client against the GDS, and what the GDS refuses.</summary>
public sealed class AgentReportTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static int s_last;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_reports_its_own_state()
    {
        var (app, id) = await EnrolledAsync();
        await using var session = await gds.ConnectAsync(app);
        var client = new AgentReportClient(session);
        (await client.IsServedAsync(Ct)).ShouldBeTrue();
        (await client.ReportStateAsync(Good(app, id), Ct)).ShouldBeTrue();
        Member(id).State.ShouldBe(SyncState.InSync);
        Member(id).Confirmed!.ReportedBy.ShouldBe(app.Uri);
        Member(id).LastContactAt.ShouldNotBeNull();

        await client.ReportStateAsync(Good(app, id) with { Outcome = AgentOutcome.Failing, Text = new string('x', 3_000), VerifiedAt = null }, Ct);
        Member(id).State.ShouldBe(SyncState.Failing);
        Member(id).Reason!.Length.ShouldBe(AgentReportClient.LongestText);
    }

    [Fact]
    public async Task An_agent_reports_for_what_it_administers_and_for_nothing_else()
    {
        var (agent, agentId) = await EnrolledAsync();
        var (gateway, gatewayId) = await EnrolledAsync();
        var (_, strangerId) = await EnrolledAsync();
        await gds.Get<ApplicationDirectory>().SetAdminAsync(GdsFixture.Local, GuidOf(agentId), GuidOf(gatewayId), true, Ct);
        await using var session = await gds.ConnectAsync(agent);
        var client = new AgentReportClient(session);
        await client.ReportStateAsync(Good(gateway, gatewayId), Ct);
        Member(gatewayId).Confirmed!.ReportedBy.ShouldBe(agent.Uri);
        (await client.ReportStateAsync(Good(gateway, strangerId), Ct).ShouldFailAsync(StatusCodes.BadUserAccessDenied)).ShouldContain("ApplicationAdmin");
        await client.ReportFindingsAsync(strangerId, [Found("urn:foreign:a")], Ct).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
        await client.ReportStateAsync(Good(gateway, new NodeId(Guid.NewGuid(), 1)), Ct).ShouldFailAsync(StatusCodes.BadNotFound);
    }

    [Theory]
    [InlineData("discovery")]
    [InlineData("authority")]
    [InlineData("nobody")]
    public async Task A_person_reports_nothing(string person)
    {
        var (app, id) = await EnrolledAsync();
        await using var session = await gds.ConnectAsAsync(person);
        await new AgentReportClient(session).ReportStateAsync(Good(app, id), Ct).ShouldFailAsync(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task A_channel_that_is_signed_only_is_not_enough()
    {
        var (app, id) = await EnrolledAsync();
        await using var session = await gds.ConnectAsync(app, mode: MessageSecurityMode.Sign);
        await new AgentReportClient(session).ReportStateAsync(Good(app, id), Ct).ShouldFailAsync(StatusCodes.BadSecurityModeInsufficient);
        await new AgentReportClient(session).ReportFindingsAsync(id, [Found("urn:foreign:a")], Ct).ShouldFailAsync(StatusCodes.BadSecurityModeInsufficient);
    }

    [Fact]
    public async Task Each_wrong_argument_of_ReportState_has_its_code_and_its_sentence()
    {
        var (app, id) = await EnrolledAsync();
        await using var session = await gds.ConnectAsync(app);
        (await Call(id, new NodeId(99, 2), 0, null).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("CertificateGroupId");
        (await Call(id, NodeId.Null, 4, null).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("Outcome");
        (await Call(id, NodeId.Null, 0, "12").ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("CertificateThumbprint");
        (await Call(id, NodeId.Null, 0, null, new string('x', 1_001)).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("Text");
        (await Call(id, NodeId.Null, 0, null)).ShouldBeEmpty();

        Task<Variant[]> Call(NodeId application, NodeId group, int outcome, string? thumbprint, string? text = null) => CallAsync(
            session, AgentIds.ReportState, application, group, outcome, thumbprint, DateTime.MinValue, DateTime.MinValue, text);
    }

    [Fact]
    public async Task Findings_reach_the_inbox_once()
    {
        var (app, id) = await EnrolledAsync();
        await using var session = await gds.ConnectAsync(app);
        var client = new AgentReportClient(session);
        AgentFinding[] findings = [Found("urn:foreign:refused"), Found("urn:foreign:drift", FindingKind.Drift, FindingPolicy.Offered)];
        await client.ReportFindingsAsync(id, findings, Ct);
        await client.ReportFindingsAsync(id, findings, Ct);
        var seen = gds.Get<RejectedInbox>().List(GdsFixture.Local, null, 100).Where(e => e.SeenAt.Any(s => s.ApplicationId == GuidOf(id))).ToList();
        seen.Select(e => e.ApplicationUri).ShouldBe(["urn:foreign:refused", "urn:foreign:drift"], ignoreOrder: true);
        seen.ShouldAllBe(e => e.Count == 1);
        var drift = seen.Single(e => e.ApplicationUri == "urn:foreign:drift").SeenAt.Single();
        (drift.Kind, drift.Policy).ShouldBe((Gds.Store.FindingKind.Drift, Gds.Store.FindingPolicy.Offered));
    }

    [Fact]
    public async Task Findings_are_bounded_in_number_and_size()
    {
        var (app, id) = await EnrolledAsync();
        await using var session = await gds.ConnectAsync(app);
        var ns = await session.NamespaceIndexOfAsync(AgentIds.NamespaceUri, Ct);
        var one = Found("urn:foreign:one").ToExtensionObject(ns);
        (await Call(Enumerable.Repeat(one, 65)).ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("64 is the limit");
        (await Call([new AgentFinding(FindingKind.Rejected, FindingPolicy.None, new byte[16_385], DateTime.MinValue).ToExtensionObject(ns)])
            .ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("Findings[0].Certificate");
        (await Call([one, new AgentFinding(FindingKind.Rejected, FindingPolicy.None, [1, 2, 3], DateTime.MinValue).ToExtensionObject(ns)])
            .ShouldFailAsync(StatusCodes.BadInvalidArgument)).ShouldContain("Findings[1].Certificate");
        await Call([ExtensionObject.Of(new EUInformation("urn:x", 1, new LocalizedText("x"), new LocalizedText("x")))]).ShouldFailAsync(StatusCodes.BadInvalidArgument);
        gds.Get<RejectedInbox>().List(GdsFixture.Local, null, 100).ShouldNotContain(e => e.ApplicationUri == "urn:foreign:one");
        // More than one call takes are sent in several by the client.
        var many = Enumerable.Range(0, 70).Select(_ => Found("urn:foreign:many")).ToList();
        (await new AgentReportClient(session).ReportFindingsAsync(id, many, Ct)).ShouldBeTrue();

        Task<Variant[]> Call(IEnumerable<ExtensionObject> findings) => CallAsync(session, AgentIds.ReportFindings, id, (ExtensionObject[])[.. findings]);
    }

    private static AgentFinding Found(string uri, FindingKind kind = FindingKind.Rejected, FindingPolicy policy = FindingPolicy.None) =>
        new(kind, policy, new TestApplication(uri).Certificate.Der, DateTime.MinValue);

    private static async Task<Variant[]> CallAsync(UaSession session, uint method, params Variant[] inputs)
    {
        var ns = await session.NamespaceIndexOfAsync(AgentIds.NamespaceUri, Ct);
        return await session.CallAsync(new NodeId(AgentIds.AgentReports, ns), new NodeId(method, ns), inputs, Ct);
    }

    private AgentStateReport Good(TestApplication app, NodeId id) => new(
        id, NodeId.Null, AgentOutcome.InSync, app.Certificate.Thumbprint, gds.Get<GroupTrustLists>().Peek(null).LastUpdateTime, TimeProvider.System.GetUtcNow().UtcDateTime, null);

    private MemberSync Member(NodeId id) => gds.Get<SyncRegister>().Of(GdsFixture.Local, GuidOf(id)).Single();

    private static Guid GuidOf(NodeId id) => (Guid)id.Identifier!;

    /// <summary>A registered application with a certificate of the GDS.</summary>
    private Task<(TestApplication App, NodeId Id)> EnrolledAsync() => gds.EnrolAsync($"urn:localhost:report:{Interlocked.Increment(ref s_last)}");
}
