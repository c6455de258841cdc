using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Agents;
using Pki;
using TestKit.Processes;

namespace EndToEnd.Tests.Gateways;

/// <summary>
/// A gateway of each kind: in sync, renewed, and after a revocation at the GDS the revoked peer is refused. Nobody polls within
/// the time of a test, so that only news explain what is seen.
/// </summary>
public class GatewayKindTests(AgentPlant plant, ITestOutputHelper output) : IClassFixture<AgentPlant>
{
    private const double AtOnce = 0.000001;
    private const string Week = "7.00:00:00";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_whose_agent_pulls_is_renewed_and_refuses_a_revoked_peer()
    {
        var agent = plant.Agent("pulled");
        await using var gateway = await RunningGateway.StartAsync(agent.Name, agent.TrustFolder, Ct);
        var enrolled = await agent.EnrolAsync(discoveryUrl: gateway.Url);
        enrolled.ExitCode.ShouldBe(0, enrolled.Said);
        agent.Configure(c => c["refreshInterval"] = Week);
        agent.ConfigureGateway(g => g["verify"] = new JsonObject { ["endpointUrl"] = gateway.Url });
        await using var running = await agent.StartReadyAsync();
        await agent.UntilListeningAsync();

        await JudgeAsync("pull agent", agent.ApplicationUri, gateway.Url, async () =>
        {
            agent.Configure(c => c["renewAfter"] = AtOnce);
            var synced = await agent.SyncAsync();
            synced.ExitCode.ShouldBe(0, synced.Said);
            agent.Configure(c => c.Remove("renewAfter"));
            await agent.UntilListeningAsync();
        });
    }

    [Fact]
    public async Task An_agent_that_is_pushed_to_is_renewed_and_refuses_a_revoked_peer()
    {
        var agent = plant.Agent("pushed-agent");
        agent.Configure(WaitForPushes);
        var url = await EnrolAgentAsync(agent);
        await using var running = await agent.StartReadyAsync();
        var uri = await UriAsync(agent);
        await plant.GdsAsync("push", "target", "add", uri);
        await plant.GdsAsync("push", "run", uri);

        await JudgeAsync("pushed agent", uri, url, () => plant.GdsAsync("push", "run", uri, "--renew"));
        await ExpectPushedByRevocationAsync(uri);
    }

    [Fact]
    public async Task A_server_that_is_pushed_to_is_renewed_and_refuses_a_revoked_peer()
    {
        var (name, uri, pki) = ("pushed-server", plant.Agent("pushed-server").ApplicationUri, plant.Agent("pushed-server").TrustFolder);
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        var passwordFile = Path.Combine(Directory.CreateDirectory(Path.Combine(pki, "..")).FullName, "password");
        await File.WriteAllTextAsync(passwordFile, password, Ct);
        await using var gateway = await RunningGateway.StartAsync(name, pki, Ct, "--admin", "admin", "--admin-password-file", passwordFile, "--setup");
        var own = PemFile.ReadCertificates(await File.ReadAllBytesAsync(Directory.GetFiles(Path.Combine(pki, "own", "certs")).Single(), Ct))[0];
        await plant.GdsAsync("app", "add", "--uri", uri, "--name", name, "--product-uri", "urn:localhost:gds-quickstart", "--type", "ClientAndServer", "--discovery-url", gateway.Url, "--capability", "DA");
        var added = await plant.Gds.CommandWithInputAsync(password, Ct, "push", "target", "add", uri, "--user", "admin", "--fingerprint", own.Sha256, "--json");
        added.ExitCode.ShouldBe(0, added.Said);
        await plant.GdsAsync("push", "run", uri);

        await JudgeAsync("pushed server", uri, gateway.Url, () => plant.GdsAsync("push", "run", uri, "--renew"));
        await ExpectPushedByRevocationAsync(uri);
    }

    [Fact]
    public async Task A_gateway_that_knows_only_its_folder_is_pushed_to_through_its_agent_is_renewed_and_refuses_a_revoked_peer()
    {
        var agent = plant.Agent("folder-only");
        await using var gateway = await RunningGateway.StartAsync(agent.Name, agent.TrustFolder, Ct);
        agent.Configure(c =>
        {
            WaitForPushes(c);
            c["applications"] = new JsonArray(new JsonObject
            {
                ["name"] = "Gateway folder-only",
                ["applicationUri"] = agent.ApplicationUri,
                ["type"] = "ClientAndServer",
                ["discoveryUrls"] = new JsonArray(gateway.Url),
                ["root"] = agent.TrustFolder,
                ["pull"] = false,
                ["verify"] = new JsonObject { ["endpointUrl"] = gateway.Url },
            });
        });
        await EnrolAgentAsync(agent);
        await using var running = await agent.StartReadyAsync();
        var uri = await UriAsync(agent);
        await plant.GdsAsync("push", "target", "add", uri);
        await plant.GdsAsync("push", "run", uri);

        await JudgeAsync("folder-only gateway", agent.ApplicationUri, gateway.Url, () => plant.GdsAsync("push", "run", uri, "--renew"));
        await ExpectPushedByRevocationAsync(uri);
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await MemberAsync(agent.ApplicationUri)).GetProperty("state").GetString().ShouldBe("InSync", "the agent, which pulls nothing for it, does not speak against the push");
    }

    /// <summary>What every kind has to do: let members of the plant in, show a new certificate after a renewal, refuse the revoked peer, and be known to be in sync.</summary>
    private async Task JudgeAsync(string kind, string applicationUri, string url, Func<Task> renew)
    {
        using var peers = await TwoPeers.EnrolAsync(plant, kind.Replace(' ', '-'), Ct);
        var first = await peers.BothGetInAsync(url, Ct);
        await renew();
        var second = await peers.BothSeeAnotherAsync(url, first, Ct);
        (await plant.GdsAsync("cert", "show", second)).GetProperty("applicationUri").GetString().ShouldBe(applicationUri);
        output.WriteLine($"{kind}: {await peers.OneIsRevokedAsync(url, Ct)}");
        JsonElement member = default;
        await AgentSteps.UntilAsync(
            async () => (member = await MemberAsync(applicationUri)).GetProperty("state").GetString() == "InSync",
            () => $"the GDS knows that {applicationUri} is in sync: {member}");
        member.GetProperty("confirmed").GetProperty("certificateThumbprint").GetString().ShouldBe(second);
    }

    private async Task<JsonElement> MemberAsync(string applicationUri) =>
        (await plant.GdsAsync("app", "show", applicationUri)).GetProperty("application").GetProperty("sync").EnumerateArray().Single();

    private async Task ExpectPushedByRevocationAsync(string uri) =>
        (await plant.GdsAsync("push", "list", "--application", uri)).EnumerateArray()
            .Where(run => run.GetProperty("state").GetString() == "Succeeded").Select(run => run.GetProperty("reason").GetString()).ShouldContain("Revocation");

    private static void WaitForPushes(JsonObject configuration)
    {
        configuration["endpoint"] = new JsonObject { ["port"] = FreePort.Find(), ["listen"] = "127.0.0.1", ["hostNames"] = new JsonArray("localhost") };
        configuration["refreshInterval"] = Week;
        configuration["listen"] = false;
    }

    /// <returns>The URL of the agent's endpoint.</returns>
    private async Task<string> EnrolAgentAsync(TestAgent agent)
    {
        var enrolled = await agent.RunAsync("enroll", await plant.TokenAsync(), "--json");
        enrolled.ExitCode.ShouldBe(0, enrolled.Said);
        var port = (int)JsonNode.Parse(await File.ReadAllTextAsync(agent.ConfigurationFile, Ct))!["endpoint"]!["port"]!;
        return $"opc.tcp://localhost:{port}";
    }

    private static async Task<string> UriAsync(TestAgent agent) => (await agent.StatusAsync()).GetProperty("applications")[0].GetProperty("applicationUri").GetString()!;
}
