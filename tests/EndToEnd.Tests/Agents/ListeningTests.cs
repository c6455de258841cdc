using System.Diagnostics;
using EndToEnd.Tests.Clients;
using Microsoft.Extensions.Logging.Abstractions;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace EndToEnd.Tests.Agents;

/// <summary>Running agents hear of what happens at the GDS. Their interval is an hour, so that nothing else brings them news.</summary>
[Collection(AgentCollection.Name)]
public class ListeningTests(AgentPlant plant, ITestOutputHelper output)
{
    /// <summary>Place of the Publish service among the counters of a session.</summary>
    private const int Publish = 13;

    private static readonly NodeId s_sessionDiagnostics = new(3707);

    [Fact]
    public async Task A_revoked_peer_is_refused_by_the_gateway_of_an_agent_that_listens()
    {
        var agent = plant.Agent("listens");
        var port = FreePort.Find();
        await using var gateway = AgentPlant.GatewayProgram.Start("serve", "--name", agent.Name, "--pki", agent.TrustFolder, "--port", $"{port}");
        await gateway.WaitForLineAsync("ready", TimeSpan.FromSeconds(60), CancellationToken.None);
        (await agent.EnrolAsync(discoveryUrl: $"opc.tcp://localhost:{port}")).ExitCode.ShouldBe(0);
        agent.Configure(c => c["refreshInterval"] = "01:00:00");
        await using var running = await agent.StartReadyAsync();
        await agent.UntilListeningAsync();

        using var console = TestApplication.Create("listening-console");
        await using var administrator = await console.ConnectAsync(plant.EndpointUrl, UserIdentity.Named(plant.Account.Name, plant.Account.Password), CancellationToken.None);
        using var peer = TestApplication.Create("listening-peer");
        await peer.EnrolAsync(administrator, CancellationToken.None);
        var url = $"opc.tcp://localhost:{port}";
        await AgentSteps.UntilAsync(() => LetsInAsync(peer, url), "the gateway lets the peer in");

        var revoked = Stopwatch.GetTimestamp();
        await plant.GdsAsync("cert", "revoke", peer.Certificate.Certificate.Thumbprint);
        var told = Stopwatch.GetElapsedTime(revoked);
        await AgentSteps.UntilAsync(() => IsRevokedInAsync(agent.TrustFolder, peer), "the revocation is in the gateway's folder");
        var inFolder = Stopwatch.GetElapsedTime(revoked);
        await AgentSteps.UntilAsync(async () => !await LetsInAsync(peer, url), "the gateway refuses the peer");
        output.WriteLine($"gds cert revoke returned after {told.TotalSeconds:0.00} s, the folder held it after {inFolder.TotalSeconds:0.00} s, the gateway refused after {Stopwatch.GetElapsedTime(revoked).TotalSeconds:0.00} s.");
    }

    [Fact]
    public async Task An_approval_is_heard()
    {
        var agent = plant.Agent("hears-approval");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        var (uri, root) = agent.AddSecond("heard");
        agent.Configure(c => (c["refreshInterval"], c["pendingInterval"], c["finishAttempts"]) = ("01:00:00", "01:00:00", 1));
        await using var running = await agent.StartReadyAsync();
        await AgentSteps.UntilAsync(async () => await StateAsync(agent, uri) == "WaitingForApproval", "the request waits");
        await agent.UntilListeningAsync();
        await plant.GdsAsync("request", "approve", await plant.OpenRequestAsync(uri));
        await AgentSteps.UntilAsync(async () => await StateAsync(agent, uri) == "InSync", "the certificate is fetched");
        await FolderJudge.ExpectSoundAsync(root, uri);
    }

    [Fact]
    public async Task After_a_restart_of_the_GDS_the_agent_listens_again()
    {
        var agent = plant.Agent("restarted");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        agent.Configure(c => (c["refreshInterval"], c["retryInterval"], c["longestRetryInterval"]) = ("01:00:00", "00:00:01", "00:00:02"));
        await using var running = await agent.StartReadyAsync();
        await agent.UntilListeningAsync();
        await plant.StopGdsAsync();
        await agent.UntilListeningAsync(false);
        await plant.StartGdsAsync();
        await agent.UntilListeningAsync();
        (await agent.RunAsync("status", "--check")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_cycle_without_news_is_one_Read_on_the_session_that_listens()
    {
        var agent = plant.Agent("idle");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        agent.Configure(c => (c["refreshInterval"], c["jitter"]) = ("00:00:01", 0));
        await using var running = await agent.StartReadyAsync();
        await agent.UntilListeningAsync();
        var uri = (await agent.StatusAsync()).GetProperty("applications")[0].GetProperty("applicationUri").GetString()!;

        using var console = TestApplication.Create("idle-console");
        await using var administrator = await console.ConnectAsync(plant.EndpointUrl, UserIdentity.Named(plant.Account.Name, plant.Account.Password), CancellationToken.None);
        var before = Cycles(running);
        var first = await SessionAsync(administrator, uri);
        var last = first;
        await AgentSteps.UntilAsync(async () => Reads(last = await SessionAsync(administrator, uri)) >= Reads(first) + 4, "cycles go on");
        var cycles = Cycles(running) - before + 1; // one may have read and not ended yet
        last.SessionId.ShouldBe(first.SessionId);
        (Reads(last) - Reads(first)).ShouldBeLessThanOrEqualTo((uint)cycles);
        (Requests(last) - Requests(first)).ShouldBe(Reads(last) - Reads(first), "nothing but Reads, publishing aside");
    }

    [Fact]
    public async Task An_agent_that_does_not_listen_polls()
    {
        var agent = plant.Agent("polls");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        agent.Configure(c => (c["refreshInterval"], c["listen"]) = ("00:00:01", false));
        await using var running = await agent.StartReadyAsync();
        using var peer = TestApplication.Create("polled-peer");
        using var console = TestApplication.Create("polling-console");
        await using var administrator = await console.ConnectAsync(plant.EndpointUrl, UserIdentity.Named(plant.Account.Name, plant.Account.Password), CancellationToken.None);
        await peer.EnrolAsync(administrator, CancellationToken.None);
        await plant.GdsAsync("cert", "revoke", peer.Certificate.Certificate.Thumbprint);
        await AgentSteps.UntilAsync(() => IsRevokedInAsync(agent.TrustFolder, peer), "the revocation is in the gateway's folder");
        (await agent.StatusAsync()).GetProperty("listening").GetBoolean().ShouldBeFalse();
    }

    private static async Task<string?> StateAsync(TestAgent agent, string uri) =>
        (await agent.StatusAsync()).GetProperty("applications").EnumerateArray().Single(a => a.GetProperty("applicationUri").GetString() == uri).GetProperty("state").GetString();

    private static async Task<bool> LetsInAsync(TestApplication peer, string url)
    {
        try
        {
            await using var session = await peer.ConnectAsync(url, CancellationToken.None);
            return true;
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadSecurityChecksFailed || e.StatusCode == StatusCodes.BadCertificateRevoked)
        {
            return false; // the answer that was asked for
        }
    }

    private static async Task<bool> IsRevokedInAsync(string root, TestApplication peer)
    {
        using var folder = new TrustFolder(root, TrustFolderLayouts.SpecAnnexF, TimeProvider.System, NullLogger<TrustFolder>.Instance);
        return (await folder.CurrentAsync()).TrustedCrls.Any(c => c.Crl.Find(peer.Certificate.Certificate) is not null);
    }

    private static int Cycles(RunningProgram agent) => agent.Said.Split('\n').Count(line => line.Contains("The next cycle comes in", StringComparison.Ordinal));

    private static uint Reads(SessionDiagnosticsDataType session) => session.Services[0].TotalCount;

    private static uint Requests(SessionDiagnosticsDataType session) => session.TotalRequestCount.TotalCount - session.Services[Publish].TotalCount;

    private static async Task<SessionDiagnosticsDataType> SessionAsync(UaSession administrator, string clientUri)
    {
        var all = await administrator.ReadValueAsync<ExtensionObject[]>(s_sessionDiagnostics, CancellationToken.None);
        return all.Select(a => a.TryDecode<SessionDiagnosticsDataType>(out var one) ? one! : throw new InvalidOperationException("No session diagnostics.")).Single(s => s.ClientDescription.ApplicationUri == clientUri);
    }
}
