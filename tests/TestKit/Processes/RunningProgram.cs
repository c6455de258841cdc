using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace TestKit.Processes;

/// <summary>A program that runs beside the tests: what it says is kept, and it ends with whoever started it at the latest.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private const int LinesKept = 400;

    private readonly string _name;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new() { SingleWriter = true });
    private readonly Task _reading;
    private int _disposed;

    private RunningProgram(string name, Process process)
    {
        (_name, _process) = (name, process);
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines of both streams.</summary>
    public string Said => string.Join(Environment.NewLine, _said);

    /// <summary>Bytes of memory in use now.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Time of all processors that it has used since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    internal static RunningProgram Start(string name, ProcessStartInfo command)
    {
        var process = Process.Start(command) ?? throw new InvalidOperationException($"{name} did not start.");
        process.StandardInput.Close();
        return new RunningProgram(name, process);
    }

    /// <summary>The first line of the output, from where the last call stopped, that begins so. Ends with an error when the program does.</summary>
    public async Task<string> WaitForLineAsync(string beginning, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
            {
                if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{_name} did not say '{beginning}' within {patience.TotalSeconds} s. It said:{Environment.NewLine}{Said}");
        }

        await _process.WaitForExitAsync(cancellationToken);
        throw new InvalidOperationException($"{_name} ended with {_process.ExitCode} before it said '{beginning}'. It said:{Environment.NewLine}{Said}");
    }

    /// <summary>Ends it at once, as kill -9 does, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Keep(line);
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line) Keep(line);
    }

    private void Keep(string line)
    {
        _said.Enqueue(line);
        while (_said.Count > LinesKept) _said.TryDequeue(out _);
    }
}
