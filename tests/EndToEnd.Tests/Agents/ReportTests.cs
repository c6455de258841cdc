using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Security.Certificates;

namespace EndToEnd.Tests.Agents;

/// <summary>What the GDS hears of gateways through their agents.</summary>
[Collection(AgentCollection.Name)]
public class ReportTests(AgentPlant plant)
{
    [Fact]
    public async Task An_enrolled_gateway_is_known_to_be_in_sync_with_what_it_uses()
    {
        var agent = plant.Agent("reports");
        var thumbprint = await agent.EnrolledThumbprintAsync();
        var member = await MemberAsync(agent);
        member.GetProperty("state").GetString().ShouldBe("InSync");
        var confirmed = member.GetProperty("confirmed");
        confirmed.GetProperty("certificateThumbprint").GetString().ShouldBe(thumbprint);
        confirmed.GetProperty("trustListUpdatedAt").GetDateTime().ShouldBe(member.GetProperty("intended").GetProperty("trustListUpdatedAt").GetDateTime());

        await plant.GdsAsync("cert", "revoke", await plant.Agent("reports-victim").EnrolledThumbprintAsync());
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        member = await MemberAsync(agent);
        member.GetProperty("state").GetString().ShouldBe("InSync");
        member.GetProperty("confirmed").GetProperty("trustListUpdatedAt").GetDateTime().ShouldBeGreaterThan(confirmed.GetProperty("trustListUpdatedAt").GetDateTime());
    }

    [Fact]
    public async Task A_failed_attempt_is_known_with_its_reason()
    {
        var agent = plant.Agent("reports-failure");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        agent.Configure(c => c["renewAfter"] = 0.000001);
        agent.ConfigureGateway(g => g["reload"] = new System.Text.Json.Nodes.JsonObject { ["kind"] = "command", ["program"] = Path.Combine(agent.DataFolder, "no-such-program") });
        (await agent.SyncAsync()).ExitCode.ShouldBe(1);
        var confirmed = (await MemberAsync(agent)).GetProperty("confirmed");
        confirmed.GetProperty("outcome").GetString().ShouldBe("Failing");
        confirmed.GetProperty("text").GetString()!.ShouldContain("no-such-program");
    }

    [Fact]
    public async Task A_refused_peer_reaches_the_inbox_although_the_GDS_was_away_and_the_gateway_forgot_it()
    {
        var agent = plant.Agent("finds");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var (file, thumbprint) = await plant.Agent("found").SelfSignedAsync();
        await plant.StopGdsAsync();
        using var folder = new TrustFolder(agent.TrustFolder, TrustFolderLayouts.SpecAnnexF, TimeProvider.System, NullLogger<TrustFolder>.Instance);
        var rejected = Path.Combine(Directory.CreateDirectory(folder.Paths.Rejected!).FullName, "peer.der");
        File.Copy(file, rejected);
        (await agent.SyncAsync()).ExitCode.ShouldBe(5, "the GDS is away");
        File.Delete(rejected);

        await plant.StartGdsAsync();
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await InboxAsync()).Count(t => t == thumbprint).ShouldBe(1);
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await InboxAsync()).Count(t => t == thumbprint).ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_peer_reaches_the_inbox_at_once_from_an_agent_that_runs()
    {
        var agent = plant.Agent("finds-at-once");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var (file, thumbprint) = await plant.Agent("found-at-once").SelfSignedAsync();
        agent.Configure(c => c["refreshInterval"] = "01:00:00");
        await using var running = await agent.StartReadyAsync();
        await agent.UntilListeningAsync();
        using var folder = new TrustFolder(agent.TrustFolder, TrustFolderLayouts.SpecAnnexF, TimeProvider.System, NullLogger<TrustFolder>.Instance);
        File.Copy(file, Path.Combine(Directory.CreateDirectory(folder.Paths.Rejected!).FullName, "peer.der"));
        await AgentSteps.UntilAsync(async () => (await InboxAsync()).Contains(thumbprint), "the inbox has it");
    }

    private async Task<JsonElement> MemberAsync(TestAgent agent) =>
        (await plant.GdsAsync("app", "show", agent.ApplicationUri)).GetProperty("application").GetProperty("sync").EnumerateArray().Single();

    private async Task<IReadOnlyList<string?>> InboxAsync() => [.. (await plant.GdsAsync("inbox", "list")).EnumerateArray().Select(c => c.GetProperty("thumbprint").GetString())];
}
