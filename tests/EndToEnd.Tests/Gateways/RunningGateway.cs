using EndToEnd.Tests.Agents;
using TestKit.Processes;

namespace EndToEnd.Tests.Gateways;

/// <summary>A gateway as a process of its own: an OPC UA server that knows its trust folder and, where it is told so, lets itself be pushed.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private const string Ready = "ready ";
    private readonly RunningProgram _running;

    private RunningGateway(RunningProgram running, string url) => (_running, Url) = (running, url);

    public string Url { get; }

    public static async Task<RunningGateway> StartAsync(string name, string pki, CancellationToken cancellationToken, params string[] more)
    {
        var running = AgentPlant.GatewayProgram.Start(["serve", "--name", name, "--pki", pki, "--port", "0", .. more]);
        try
        {
            return new RunningGateway(running, (await running.WaitForLineAsync(Ready, TimeSpan.FromSeconds(60), cancellationToken))[Ready.Length..].Trim());
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _running.DisposeAsync();
}
