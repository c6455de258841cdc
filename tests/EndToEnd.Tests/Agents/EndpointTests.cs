using System.Text.Json.Nodes;
using EndToEnd.Tests.Clients;
using Pki;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Agents;

/// <summary>The endpoint of an agent that is enrolled: the GDS knows where it is, and decides who comes in.</summary>
[Collection(AgentCollection.Name)]
public class EndpointTests(AgentPlant plant)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_enrolled_agent_is_found_at_its_endpoint_and_obeys_the_applications_that_it_was_told()
    {
        var agent = plant.Agent("endpoint");
        var port = FreePort.Find();
        using var manager = await EnrolledAsync("manager");
        using var other = await EnrolledAsync("no-manager");
        agent.Configure(c => c["endpoint"] = Endpoint(port, manager.ApplicationUri));
        var enrolled = await agent.EnrolAsync();
        enrolled.ExitCode.ShouldBe(0, enrolled.Said);
        await ExpectFoundAsync(agent, port);

        await using var running = await agent.StartReadyAsync();
        await using var session = await manager.ConnectAsync($"opc.tcp://localhost:{port}", Ct);
        var configuration = await ServerConfigurationClient.OpenAsync(session, Ct);
        (await configuration.ReadPropertiesAsync(Ct)).ApplicationUri.ShouldBe(await AgentUriAsync(agent));
        (await configuration.GetRejectedListAsync(Ct)).ShouldBeEmpty();

        await using var another = await other.ConnectAsync($"opc.tcp://localhost:{port}", Ct);
        var closed = await ServerConfigurationClient.OpenAsync(another, Ct);
        (await Should.ThrowAsync<UaException>(() => closed.GetRejectedListAsync(Ct))).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public async Task An_agent_that_gets_an_endpoint_later_is_registered_anew_and_gets_a_certificate_that_names_it_once_a_person_agrees()
    {
        var agent = plant.Agent("later");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var port = FreePort.Find();
        agent.Configure(c => c["endpoint"] = Endpoint(port));
        var synced = await agent.SyncAsync();
        synced.ExitCode.ShouldBe(0, synced.Said);
        var waiting = (await agent.StatusAsync()).GetProperty("applications")[0];
        waiting.GetProperty("state").GetString().ShouldBe("WaitingForApproval", "the GDS has never approved these host names");
        var request = waiting.GetProperty("pendingRequest").GetString()!;
        (await plant.Gds.CommandAsync(Ct, "request", "approve", request[(request.LastIndexOf('=') + 1)..])).ExitCode.ShouldBe(0);
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        await ExpectFoundAsync(agent, port);
    }

    [Fact]
    public async Task What_a_manager_writes_stays_over_the_cycles_that_pull()
    {
        var agent = plant.Agent("both");
        var port = FreePort.Find();
        using var manager = await EnrolledAsync("both-manager");
        using var peer = TestApplication.Create("both-peer");
        agent.Configure(c => c["endpoint"] = Endpoint(port, manager.ApplicationUri));
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        await using var running = await agent.StartReadyAsync();
        await using var session = await manager.ConnectAsync($"opc.tcp://localhost:{port}", Ct);
        var gateway = await ServerConfigurationClient.OpenAsync(session, await ShownAsync(session), Ct);
        var group = (await gateway.BrowseGroupsAsync(Ct)).Single(g => g.IsForApplications);
        var list = await gateway.OpenTrustListAsync(group.TrustList!.Value, Ct);
        await list.AddCertificateAsync(peer.Certificate.Certificate.Der, isTrusted: true, Ct);

        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await list.ReadAsync(cancellationToken: Ct)).TrustedCertificates.Select(c => Convert.ToHexString(c!)).ShouldContain(Convert.ToHexString(peer.Certificate.Certificate.Der), "the GDS has said nothing new");
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);

        await list.RemoveCertificateAsync(peer.Certificate.Certificate.Thumbprint, isTrusted: true, Ct);
        (await agent.SyncAsync()).ExitCode.ShouldBe(0);
        (await list.ReadAsync(cancellationToken: Ct)).TrustedCertificates.Select(c => Convert.ToHexString(c!)).ShouldNotContain(Convert.ToHexString(peer.Certificate.Certificate.Der));
    }

    private static JsonObject Endpoint(int port, params string[] administrators) => new()
    {
        ["port"] = port,
        ["listen"] = "127.0.0.1",
        ["hostNames"] = new JsonArray("localhost", "127.0.0.1"),
        ["administrators"] = new JsonArray([.. administrators.Select(a => (JsonNode)a)]),
    };

    private static async Task<string> AgentUriAsync(TestAgent agent) => (await agent.StatusAsync()).GetProperty("applications")[0].GetProperty("applicationUri").GetString()!;

    private static async Task<NodeId> ShownAsync(UaSession session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (await ServerConfigurationClient.BrowseManagedApplicationsAsync(session, limit.Token) is [var only]) return only.NodeId;
            await Task.Delay(100, limit.Token);
        }
    }

    private async Task ExpectFoundAsync(TestAgent agent, int port)
    {
        var uri = await AgentUriAsync(agent);
        var record = (await plant.GdsAsync("app", "list")).EnumerateArray().Single(a => a.GetProperty("applicationUri").GetString() == uri);
        record.GetProperty("applicationType").GetString().ShouldBe("ClientAndServer");
        record.GetProperty("discoveryUrls").EnumerateArray().Select(u => u.GetString()).ShouldBe([$"opc.tcp://localhost:{port}", $"opc.tcp://127.0.0.1:{port}"], ignoreOrder: true);
        var certificate = await FolderJudge.ExpectSoundAsync(Path.Combine(agent.DataFolder, "pki"), uri);
        certificate.DnsNames.ShouldContain("localhost");
        certificate.IpAddresses.Select(a => a.ToString()).ShouldContain("127.0.0.1");
    }

    private async Task<TestApplication> EnrolledAsync(string name)
    {
        var application = TestApplication.Create(name);
        using var console = TestApplication.Create($"{name}-console");
        await using var session = await console.ConnectAsync(plant.EndpointUrl, UserIdentity.Named(plant.Account.Name, plant.Account.Password), Ct);
        await application.EnrolAsync(session, Ct);
        return application;
    }
}
