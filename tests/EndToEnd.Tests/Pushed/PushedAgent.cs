using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Agents;
using EndToEnd.Tests.Clients;
using GatewayAgent.Tests.Kit;
using Pki;
using TestKit;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Pushed;

/// <summary>An agent that nobody enrols: it has an endpoint, and a manager with an authority of its own pushes to its gateway.</summary>
internal sealed class PushedAgent : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly int _port = FreePort.Find();
    private readonly string _name;
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    private PushedAgent(string name)
    {
        _name = name;
        Manager = TestApplication.Create($"{name}-manager");
        Authority = new Authority("Manager CA", 0, TimeProvider.System);
    }

    public TestApplication Manager { get; }

    public Authority Authority { get; }

    public string Url => $"opc.tcp://localhost:{_port}";

    public string DataFolder => _temp.File("agent");

    public string TrustFolder => _temp.File("gateway");

    public string GatewayName => $"Gateway {_name}";

    public string GatewayUri => $"urn:localhost:gds-quickstart:gateway-{_name}";

    /// <summary>With endpoint, password, and the manager among those that the agent trusts.</summary>
    public static async Task<PushedAgent> CreateAsync(string name, Action<JsonObject>? gateway = null)
    {
        var agent = new PushedAgent(name);
        var entry = new JsonObject
        {
            ["name"] = agent.GatewayName,
            ["applicationUri"] = agent.GatewayUri,
            ["type"] = "ClientAndServer",
            ["discoveryUrls"] = new JsonArray("opc.tcp://localhost:4840"),
            ["root"] = agent.TrustFolder,
            ["pull"] = false,
        };
        gateway?.Invoke(entry);
        Directory.CreateDirectory(agent.DataFolder);
        agent.Configure(c =>
        {
            c["endpoint"] = new JsonObject { ["port"] = agent._port, ["listen"] = "127.0.0.1", ["hostNames"] = new JsonArray("localhost") };
            c["applications"] = new JsonArray(entry);
        });
        var set = await AgentPlant.AgentProgram.RunWithInputAsync(agent._password, CancellationToken.None, "--data", agent.DataFolder, "password");
        set.ExitCode.ShouldBe(0, set.Said);
        var trusted = await agent.RunAsync("trust", agent._temp.Write("manager.pem", PemFile.Write(agent.Manager.Certificate.Certificate)), "--application", "agent");
        trusted.ExitCode.ShouldBe(0, trusted.Said);
        return agent;
    }

    public void Configure(Action<JsonObject> change)
    {
        var file = Path.Combine(DataFolder, "agent.json");
        var configuration = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        change(configuration);
        File.WriteAllText(file, configuration.ToJsonString());
    }

    public Task<ProgramResult> RunAsync(params string[] arguments) => AgentPlant.AgentProgram.RunAsync(CancellationToken.None, ["--data", DataFolder, .. arguments]);

    public async Task<JsonElement> GatewayStatusAsync() => (await RunAsync("status", "--json")).Json()
        .GetProperty("applications").EnumerateArray().Single(a => a.GetProperty("applicationUri").GetString() == GatewayUri);

    public async Task<RunningProgram> StartReadyAsync()
    {
        var running = AgentPlant.AgentProgram.Start("--data", DataFolder, "run");
        await running.WaitForLineAsync("ready", TimeSpan.FromSeconds(120), CancellationToken.None);
        return running;
    }

    /// <summary>The agent's own certificate, as it lies in its folder.</summary>
    public async Task<ApplicationCertificate> OwnCertificateAsync() =>
        ApplicationCertificate.Parse(await File.ReadAllBytesAsync(Directory.GetFiles(Path.Combine(DataFolder, "pki", "own", "certs"), "*.der").Single()));

    /// <summary>A session of the administrator.</summary>
    public Task<UaSession> ConnectAsync() => Manager.ConnectAsync(Url, UserIdentity.Named("admin", _password), CancellationToken.None);

    /// <summary>The gateway below ManagedApplications, as soon as the agent shows it.</summary>
    public async Task<ServerConfigurationClient> GatewayAsync(UaSession session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var shown = await ServerConfigurationClient.BrowseManagedApplicationsAsync(session, limit.Token);
            if (shown.FirstOrDefault(a => a.Name == GatewayName) is { } found) return await ServerConfigurationClient.OpenAsync(session, found.NodeId, limit.Token);
            await Task.Delay(100, limit.Token);
        }
    }

    public void Dispose()
    {
        Manager.Dispose();
        _temp.Dispose();
    }
}
