using System.CommandLine;
using GatewayAgent.Configuration;
using GatewayAgent.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Commands;

/// <summary>What every command shares: the options --data, --json and --verbose, the way to the agent, and how problems become exit codes.</summary>
internal sealed class CommandSetting(TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public Option<string?> Data { get; } = new("--data") { Description = $"The data folder; default: ${DataFolder.EnvironmentVariable}, else the platform's place.", Recursive = true, HelpName = "DIR" };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Writes a log to standard error.", Recursive = true };

    public TextWriter Output { get; } = output;

    public static Option<bool> JsonOption() => new("--json") { Description = "Prints JSON." };

    public static Option<string?> ApplicationOption() => new("--application") { Description = "Name of one application; without it all of them. 'agent' is the agent's own folder.", HelpName = "NAME" };

    public DataFolder FolderOf(ParseResult parsed) => new(parsed.GetValue(Data) ?? DataFolder.Default());

    /// <summary>Runs a command at the agent and turns what goes wrong into a sentence and an exit code.</summary>
    public async Task<int> RunAsync(ParseResult parsed, bool createsFolder, Func<IAgentDoor, Task<int>> work, CancellationToken cancellationToken)
    {
        return await GuardAsync(async () =>
        {
            var data = FolderOf(parsed);
            if (createsFolder) data.Create();
            else if (!Directory.Exists(data.Root)) throw new AgentProblem(ProblemKind.NotFound, $"The data folder '{data.Root}' does not exist: enrol first, or name another one with --data.");
            await using var door = await OpenAsync(data, parsed.GetValue(Verbose), cancellationToken);
            return await work(door);
        });
    }

    public async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (AgentProblem e)
        {
            await errors.WriteLineAsync(e.Message);
            return ExitCode(e.Kind);
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Cancelled.");
            return 130;
        }
    }

    public static int ExitCode(ProblemKind kind) => kind == ProblemKind.NeedsEnrolment ? (int)ProblemKind.Refused : (int)kind;

    public async Task WriteJsonAsync<T>(T value) => await Output.WriteLineAsync(System.Text.Json.JsonSerializer.Serialize(value, LocalJson.Format));

    /// <summary>The agent that runs on the data folder, through its door; where none runs, the agent in this process.</summary>
    private static async Task<IAgentDoor> OpenAsync(DataFolder data, bool verbose, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var remote = new RemoteDoor(data);
        while (true)
        {
            if (AgentLock.TryTake(data) is { } held)
            {
                await remote.DisposeAsync();
                data.Create();
                return OwnDoor.Open(data, held, services => AddLog(services, verbose));
            }

            if (await remote.AnswersAsync(cancellationToken)) return remote;
            if (time.GetElapsedTime(start) > Patience)
            {
                await remote.DisposeAsync();
                throw new AgentProblem(ProblemKind.Unreachable, $"Another process works on '{data.Root}' and does not answer at {LocalDoor.NameOf(data)}. Wait for it to end, or look whether it hangs.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static void AddLog(IServiceCollection services, bool verbose) => services.AddLogging(log =>
    {
        log.SetMinimumLevel(LogLevel.Information);
        if (verbose) log.AddSimpleConsole(o => o.SingleLine = true).Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
