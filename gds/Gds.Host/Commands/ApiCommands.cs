using System.CommandLine;
using Gds.Host.Configuration;
using Gds.Host.Hosting;
using Gds.Web.Client;

namespace Gds.Host.Commands;

/// <summary>Runs a command against the API: that of the server that runs, or one that the command hosts itself while none does.</summary>
internal static class ApiCommands
{
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(100);

    public static Command Calling(this Command command, Func<ParseResult, GdsApiClient, CancellationToken, Task> run) =>
        command.Answering(async (parsed, client, cancellationToken) =>
        {
            await run(parsed, client, cancellationToken);
            return ExitCodes.Ok;
        });

    /// <summary>As <see cref="Calling"/>, for commands whose answer is their exit code.</summary>
    public static Command Answering(this Command command, Func<ParseResult, GdsApiClient, CancellationToken, Task<int>> run)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var code = ExitCodes.Failed;
            await RunAsync(parsed.Folder(), async client => code = await run(parsed, client, cancellationToken), cancellationToken);
            return code;
        });
        return command;
    }

    /// <summary>The same for a command that chooses its exit code itself.</summary>
    public static Task CallAsync(ParseResult parsed, Func<GdsApiClient, Task> run, CancellationToken cancellationToken) => RunAsync(parsed.Folder(), run, cancellationToken);

    private static async Task RunAsync(DataFolder folder, Func<GdsApiClient, Task> run, CancellationToken cancellationToken)
    {
        if (!folder.IsInitialised)
            throw new CommandProblem(ExitCodes.NotReachable, $"There is no GDS in {folder}; 'gds init' or 'gds run' makes one, --data names another folder.");
        using var client = new GdsApiClient(folder.Socket);
        using var held = FolderLock.TryTake(folder);
        if (held is null)
        {
            await WaitForServerAsync(folder, cancellationToken);
            await run(client);
            return;
        }

        await using var host = GdsHost.Build(new HostNeeds(folder, GdsConfiguration.Read(folder), Listens: false));
        await host.PrepareAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        await run(client);
        await host.StopAsync();
    }

    /// <summary>The process that holds the folder may still be starting.</summary>
    private static async Task WaitForServerAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetTimestamp() + (long)(s_startTime.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (true)
        {
            try
            {
                await using var stream = await folder.Socket.ConnectAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or TimeoutException)
            {
                if (TimeProvider.System.GetTimestamp() >= until)
                    throw new CommandProblem(ExitCodes.NotReachable, $"A process holds {folder} and does not answer at {folder.Socket}: {e.Message}");
                await Task.Delay(s_retry, TimeProvider.System, cancellationToken);
            }
        }
    }
}
