using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GdsSuite.Quickstart;

/// <summary>The folder of the walk and the processes that run in it; disposing stops them all.</summary>
internal sealed class House(string folder) : IAsyncDisposable
{
    private readonly List<(string Name, Process Process)> _running = [];

    public string Folder { get; } = folder;

    public string GdsFolder => Path.Combine(Folder, "gds");

    public string AgentFolder(string gateway) => Path.Combine(Folder, $"agent-{gateway.ToLowerInvariant()}");

    public string TrustFolder(string gateway) => Path.Combine(Folder, $"gateway-{gateway.ToLowerInvariant()}", "pki");

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Starts a process that stays, its output in a log file; returns when a line of it begins with the word that means ready.</summary>
    public Task StartAsync(string name, ProcessStartInfo command, string readyWord, CancellationToken cancellationToken) => StartAsync(name, command, readyWord, null, cancellationToken);

    /// <summary>The same for a process that reads a password from its standard input.</summary>
    public async Task StartAsync(string name, ProcessStartInfo command, string readyWord, string? line, CancellationToken cancellationToken)
    {
        var log = Path.Combine(Folder, "logs", name + ".log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        var writer = TextWriter.Synchronized(new StreamWriter(log) { AutoFlush = true });
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = command, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            writer.WriteLine(line.Data);
            if (line.Data.Contains(readyWord, StringComparison.OrdinalIgnoreCase)) ready.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) writer.WriteLine(line.Data);
        };
        process.Exited += (_, _) => ready.TrySetException(new StepFailedException($"{name} ended before it was ready; see {log}"));
        process.Start();
        if (line is not null) await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _running.Add((name, process));
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(40), cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new StepFailedException($"{name} was not ready within 40 s; see {log}", e);
        }
    }

    /// <summary>Until Ctrl-C; a process that ends meanwhile is told.</summary>
    public async Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        var ends = _running.Select(async running =>
        {
            await running.Process.WaitForExitAsync(cancellationToken);
            Console.WriteLine($"{running.Name} ended with exit code {running.Process.ExitCode}.");
        });
        await Task.WhenAll(ends);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in Enumerable.Reverse(_running))
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _running.Clear();
    }
}
