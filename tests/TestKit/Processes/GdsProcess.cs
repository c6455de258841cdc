namespace TestKit.Processes;

/// <summary>The built GDS as a process of its own on a data folder of its own.</summary>
public sealed class GdsProcess : IAsyncDisposable
{
    /// <summary>An address rather than a name, so that nobody waits for a resolver.</summary>
    private const string Host = "127.0.0.1";

    private const string Ready = "GDS is ready at ";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly RunningProgram _running;

    private GdsProcess(RunningProgram running, string dataFolder, int port) => (_running, DataFolder, EndpointUrl) = (running, dataFolder, UrlOf(port));

    /// <summary>The build that is used: the one of the checkout, until somebody chooses another.</summary>
    public static BuiltProgram Program { get; set; } = BuiltProgram.Find("gds/Gds.Host", "gds");

    public string DataFolder { get; }

    public string EndpointUrl { get; }

    public RunningProgram Running => _running;

    /// <summary>Makes the data folder with everything in it.</summary>
    public static async Task<GdsAccount> InitAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var made = (await Program.RunAsync(cancellationToken, "init", "--data", dataFolder, "--host", Host, "--host", "localhost", "--json")).Json();
        var first = made.GetProperty("administrator");
        return new GdsAccount(first.GetProperty("name").GetString()!, first.GetProperty("password").GetString()!);
    }

    /// <summary>Starts the server on the loopback interface; it listens some time later.</summary>
    public static GdsProcess Start(string dataFolder, int port) =>
        new(Program.Start("run", "--data", dataFolder, "--host", Host, "--host", "localhost", "--listen", Host, "--port", $"{port}"), dataFolder, port);

    /// <summary>Starts the server and waits until it listens.</summary>
    public static async Task<GdsProcess> StartAsync(string dataFolder, int port, CancellationToken cancellationToken)
    {
        var gds = Start(dataFolder, port);
        try
        {
            await gds.WaitUntilReadyAsync(cancellationToken);
            return gds;
        }
        catch
        {
            await gds.DisposeAsync();
            throw;
        }
    }

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => _running.WaitForLineAsync(Ready, s_patience, cancellationToken);

    /// <summary>A command of the same program on the same data folder.</summary>
    public Task<ProgramResult> CommandAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        Program.RunAsync(cancellationToken, [.. arguments, "--data", DataFolder]);

    /// <summary>The same with a secret on its standard input.</summary>
    public Task<ProgramResult> CommandWithInputAsync(string input, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        Program.RunWithInputAsync(input, cancellationToken, [.. arguments, "--data", DataFolder]);

    public Task KillAsync() => _running.KillAsync();

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    private static string UrlOf(int port) => $"opc.tcp://{Host}:{port}";
}

/// <summary>The first administrator, as init told.</summary>
public sealed record GdsAccount(string Name, string Password);
