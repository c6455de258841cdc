using System.Text.Json;
using TestKit;
using TestKit.Processes;

namespace EndToEnd.Tests.Agents;

/// <summary>A GDS of its own for the tests of a class, and the folders of its gateways and agents.</summary>
public sealed class AgentPlant : IAsyncLifetime
{
    private readonly TempFolder _temp = new();
    private readonly int _port = FreePort.Find();
    private GdsProcess? _gds;

    public static BuiltProgram AgentProgram { get; } = BuiltProgram.Find("gateway-agent/GatewayAgent", "gateway-agent");

    public static BuiltProgram GatewayProgram { get; } = BuiltProgram.Find("deploy/demo-gateway", "demo-gateway");

    public GdsProcess Gds => _gds ?? throw new InvalidOperationException("The GDS does not run.");

    /// <summary>The administrator of the GDS.</summary>
    public GdsAccount Account { get; private set; } = null!;

    public string EndpointUrl => $"opc.tcp://localhost:{_port}";

    private string GdsFolder => _temp.File("gds");

    public async ValueTask InitializeAsync()
    {
        Account = await GdsProcess.InitAsync(GdsFolder, CancellationToken.None);
        await StartGdsAsync();
    }

    public async Task StartGdsAsync() => _gds = await GdsProcess.StartAsync(GdsFolder, _port, CancellationToken.None);

    public async Task StopGdsAsync()
    {
        await Gds.DisposeAsync();
        _gds = null;
    }

    /// <summary>An agent with a data folder of its own, and a gateway's trust folder beside it.</summary>
    public TestAgent Agent(string name) => new(this, name, _temp.File(name));

    /// <summary>A command of the GDS that has to succeed, and its JSON.</summary>
    public async Task<JsonElement> GdsAsync(params string[] arguments) => (await Gds.CommandAsync(CancellationToken.None, [.. arguments, "--json"])).Json();

    public async Task<string> TokenAsync(string pattern = "urn:*", int uses = 2) =>
        (await GdsAsync("token", "create", "--application", pattern, "--uses", $"{uses}", "--expires", "1h")).GetProperty("token").GetString()!;

    public async ValueTask DisposeAsync()
    {
        if (_gds is not null) await _gds.DisposeAsync();
        _temp.Dispose();
    }
}
