using System.Diagnostics;

namespace Gds.Host.Tests;

/// <summary>A GDS process that listens on a free port of 127.0.0.1.</summary>
internal sealed class RunningGds : IAsyncDisposable
{
    private const string Ready = "GDS is ready at ";
    private readonly Process _process;

    private RunningGds(Process process, IReadOnlyList<string> said)
    {
        _process = process;
        Said = said;
        Url = said[^1][Ready.Length..];
    }

    /// <summary>The lines of standard output up to the one that says it is ready.</summary>
    public IReadOnlyList<string> Said { get; }

    public string Url { get; }

    public static async Task<RunningGds> StartAsync(GdsProcess gds, params string[] arguments)
    {
        var process = gds.Start(["run", "--port", "0", "--listen", "127.0.0.1", .. arguments]);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        List<string> said = [];
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal)) return new RunningGds(process, said);
        }

        throw new InvalidOperationException($"The GDS ended with {process.ExitCode}: {string.Join('\n', said)}");
    }

    /// <summary>Asks it to end as a service manager does, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
