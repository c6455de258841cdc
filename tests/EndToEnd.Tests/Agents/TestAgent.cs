using System.Text.Json;
using System.Text.Json.Nodes;
using TestKit.Processes;

namespace EndToEnd.Tests.Agents;

/// <summary>An agent and the one gateway it looks after, seen from outside: by commands and files.</summary>
public sealed class TestAgent(AgentPlant plant, string name, string folder)
{
    public string Name => name;

    public string DataFolder => Path.Combine(folder, "agent");

    public string TrustFolder => Path.Combine(folder, "pki");

    public string ApplicationUri => $"urn:localhost:gds-quickstart:gateway-{name}";

    public string ConfigurationFile => Path.Combine(DataFolder, "agent.json");

    public Task<ProgramResult> RunAsync(params string[] arguments) => AgentPlant.AgentProgram.RunAsync(CancellationToken.None, ["--data", DataFolder, .. arguments]);

    /// <summary>Enrols the agent with its gateway by a new token.</summary>
    public async Task<ProgramResult> EnrolAsync(string? token = null, string discoveryUrl = "opc.tcp://localhost:4840") => await RunAsync(
        "enroll", token ?? await plant.TokenAsync(), "--application-name", $"Gateway {name}", "--application-uri", ApplicationUri, "--application-type", "ClientAndServer",
        "--discovery-url", discoveryUrl, "--preset", "spec-annex-f", "--root", TrustFolder, "--json");

    public Task<ProgramResult> SyncAsync() => RunAsync("sync", "--json");

    public async Task<JsonElement> StatusAsync() => (await RunAsync("status", "--json")).Json();

    /// <summary>What status says about the gateway.</summary>
    public async Task<JsonElement> GatewayAsync() => (await StatusAsync()).GetProperty("applications").EnumerateArray().Single(a => a.GetProperty("applicationUri").GetString() == ApplicationUri);

    public RunningProgram Start() => AgentPlant.AgentProgram.Start("--data", DataFolder, "run");

    /// <summary>Starts the agent and waits until it says that it runs.</summary>
    public async Task<RunningProgram> StartReadyAsync()
    {
        var running = Start();
        await running.WaitForLineAsync("ready", TimeSpan.FromSeconds(60), CancellationToken.None);
        return running;
    }

    /// <summary>Changes agent.json as an editor would.</summary>
    public void Configure(Action<JsonObject> change)
    {
        Directory.CreateDirectory(DataFolder);
        var configuration = File.Exists(ConfigurationFile) ? JsonNode.Parse(File.ReadAllText(ConfigurationFile))!.AsObject() : [];
        change(configuration);
        File.WriteAllText(ConfigurationFile, configuration.ToJsonString());
    }

    /// <summary>Changes the gateway's entry in agent.json.</summary>
    public void ConfigureGateway(Action<JsonObject> change) => Configure(c => change(c["applications"]!.AsArray().Select(a => a!.AsObject()).Single(a => (string?)a["applicationUri"] == ApplicationUri)));
}
