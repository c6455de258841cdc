using System.Text.Json.Nodes;
using EndToEnd.Tests.Agents;
using EndToEnd.Tests.Clients;
using Pki;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Pushed;

/// <summary>Gateways that know only folders are pushed to, through ManagedApplications of the agent that looks after them.</summary>
public class PushedAgentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_without_anything_gets_list_and_certificate_and_says_who_it_is()
    {
        using var agent = await PushedAgent.CreateAsync("empty");
        await using var running = await agent.StartReadyAsync();
        await using var session = await agent.ConnectAsync();
        var gateway = await agent.GatewayAsync(session);
        var says = await gateway.ReadPropertiesAsync(Ct);
        (says.Enabled, says.ApplicationUri, says.ApplicationType).ShouldBe((true, agent.GatewayUri, ApplicationType.ClientAndServer));
        says.ProductUri.ShouldNotBeNullOrEmpty();

        var peer = agent.Manager.Certificate.Certificate;
        var certificate = await gateway.PushAsync(agent.Authority, agent.GatewayUri, Ct, peer);

        (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.GatewayUri)).ShouldBe(certificate);
        await FolderJudge.ExpectOpenSslAsync(agent.TrustFolder);
        var group = await gateway.GroupAsync(Ct);
        var list = await (await gateway.OpenTrustListAsync(group.TrustList!.Value, Ct)).ReadAsync(cancellationToken: Ct);
        list.TrustedCertificates.Select(c => ApplicationCertificate.Parse(c)).ShouldBe([agent.Authority.Certificate, peer], ignoreOrder: true);
        (await gateway.GetCertificatesAsync(group.NodeId, Ct)).ShouldHaveSingleItem().Certificate.ShouldBe(certificate.Der);
    }

    [Fact]
    public async Task A_running_gateway_is_told_and_looked_at_and_refuses_whom_the_new_list_revokes()
    {
        var port = FreePort.Find();
        using var agent = await PushedAgent.CreateAsync("served", entry => entry["verify"] = new JsonObject { ["endpointUrl"] = $"opc.tcp://localhost:{port}" });
        await using var served = AgentPlant.GatewayProgram.Start("serve", "--name", "served", "--pki", agent.TrustFolder, "--port", $"{port}");
        await served.WaitForLineAsync("ready", TimeSpan.FromSeconds(120), Ct);
        await using var running = await agent.StartReadyAsync();
        await using var session = await agent.ConnectAsync();
        var gateway = await agent.GatewayAsync(session);

        using var peer = TestApplication.Create("peer");
        peer.Take(agent.Authority.Issue(peer.ApplicationUri, peer.Key).Der, [agent.Authority.Certificate.Der]);
        await gateway.PushAsync(agent.Authority, agent.GatewayUri, Ct, (await agent.OwnCertificateAsync()));
        await using (await peer.ConnectAsync($"opc.tcp://localhost:{port}", Ct)) { }

        agent.Authority.Revoke(peer.Certificate.Certificate);
        await gateway.WriteListAsync(agent.Authority.TrustList(await agent.OwnCertificateAsync()), Ct);
        await gateway.ApplyChangesAsync(Ct);
        (await Should.ThrowAsync<UaException>(() => peer.ConnectAsync($"opc.tcp://localhost:{port}", Ct))).StatusCode
            .ShouldBeOneOf(StatusCodes.BadSecurityChecksFailed, StatusCodes.BadCertificateRevoked);
    }

    [Fact]
    public async Task A_change_that_the_gateway_does_not_live_with_is_taken_back_and_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var agent = await PushedAgent.CreateAsync(
            "refusing", entry => entry["reload"] = new JsonObject { ["kind"] = "command", ["program"] = "/bin/sh", ["arguments"] = new JsonArray("-c", "echo no such service >&2; exit 3") });
        await using var running = await agent.StartReadyAsync();
        await using var session = await agent.ConnectAsync();
        var gateway = await agent.GatewayAsync(session);
        (await Should.ThrowAsync<UaException>(() => gateway.PushAsync(agent.Authority, agent.GatewayUri, Ct))).StatusCode.IsBad.ShouldBeTrue();

        var diagnostics = (await gateway.ReadTransactionDiagnosticsAsync(Ct)).ShouldNotBeNull();
        diagnostics.Result!.Value.IsBad.ShouldBeTrue();
        diagnostics.Errors.ShouldContain(e => e.Message.Text!.Contains("no such service", StringComparison.Ordinal));
        Directory.EnumerateFiles(agent.TrustFolder, "*.der", SearchOption.AllDirectories).Where(f => !f.Contains(".gds-suite", StringComparison.Ordinal)).ShouldBeEmpty("the folder is as it was");
        (await agent.GatewayStatusAsync()).GetProperty("pendingRequest").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task What_the_gateway_refused_is_in_its_rejected_list()
    {
        using var agent = await PushedAgent.CreateAsync("rejecting");
        using var stranger = TestApplication.Create("stranger");
        Directory.CreateDirectory(Path.Combine(agent.TrustFolder, "rejected", "certs"));
        await File.WriteAllBytesAsync(Path.Combine(agent.TrustFolder, "rejected", "certs", "stranger.der"), stranger.Certificate.Certificate.Der, Ct);
        await using var running = await agent.StartReadyAsync();
        await using var session = await agent.ConnectAsync();
        (await (await agent.GatewayAsync(session)).GetRejectedListAsync(Ct)).ShouldHaveSingleItem().ShouldBe(stranger.Certificate.Certificate.Der);
    }

    [Fact]
    public async Task Gateways_come_and_go_with_the_configuration()
    {
        using var agent = await PushedAgent.CreateAsync("coming");
        await using var running = await agent.StartReadyAsync();
        await using var session = await agent.ConnectAsync();
        await agent.GatewayAsync(session);
        agent.Configure(c => c["applications"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "Another",
            ["applicationUri"] = "urn:localhost:another",
            ["type"] = "Client",
            ["root"] = Path.Combine(agent.TrustFolder, "..", "another"),
            ["pull"] = false,
        }));
        (await agent.RunAsync("status")).ExitCode.ShouldBe(0);
        await ShownAsync(session, agent.GatewayName, "Another");

        agent.Configure(c => c["applications"]!.AsArray().RemoveAt(1));
        (await agent.RunAsync("status")).ExitCode.ShouldBe(0);
        await ShownAsync(session, agent.GatewayName);
    }

    [Fact]
    public async Task Who_is_no_administrator_may_look_at_nothing_and_change_nothing()
    {
        using var agent = await PushedAgent.CreateAsync("guarded");
        await using var running = await agent.StartReadyAsync();
        await using (var admin = await agent.ConnectAsync()) await agent.GatewayAsync(admin);
        await using var session = await agent.Manager.ConnectAsync(agent.Url, UserIdentity.Anonymous, Ct);
        var gateway = await agent.GatewayAsync(session);
        (await Should.ThrowAsync<UaException>(() => gateway.GetRejectedListAsync(Ct))).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        (await Should.ThrowAsync<UaException>(() => gateway.ApplyChangesAsync(Ct))).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        await Should.ThrowAsync<UaException>(() => agent.Manager.ConnectAsync(agent.Url, UserIdentity.Named("admin", "not the password"), Ct));
        using var stranger = TestApplication.Create("unknown");
        await Should.ThrowAsync<UaException>(() => stranger.ConnectAsync(agent.Url, Ct));
    }

    private static async Task ShownAsync(UaSession session, params string[] names)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!(await ServerConfigurationClient.BrowseManagedApplicationsAsync(session, limit.Token)).Select(a => a.Name).Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal)))
            await Task.Delay(100, limit.Token);
    }
}
