using Microsoft.Extensions.Logging;

namespace Ua.Security.Certificates;

/// <summary>
/// Waits for something to happen in directories: a hint of the operating system where it gives one, else the next tick.
/// A hint can be lost (network drives, exchanged directories), so the tick comes in any case and the caller looks itself.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _hint = new(0, 1);
    private readonly List<FileSystemWatcher> _watchers = [];

    public FolderWatch(IEnumerable<string> directories, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        _interval = interval;
        _time = time;
        foreach (var directory in directories.Where(Directory.Exists)) TryWatch(directory, logger);
    }

    /// <summary>Returns after a hint, when the burst of changes it belongs to has had a moment to end, or after the interval.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(_interval, _time, tick.Token);
        var hint = _hint.WaitAsync(tick.Token);
        var first = await Task.WhenAny(delay, hint).ConfigureAwait(false);
        await tick.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(delay, hint).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == hint) await Task.Delay(Settle, _time, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
        _hint.Dispose();
    }

    private void TryWatch(string directory, ILogger logger)
    {
        try
        {
            var watcher = new FileSystemWatcher(directory) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Created += (_, _) => Hint();
            watcher.Changed += (_, _) => Hint();
            watcher.Deleted += (_, _) => Hint();
            watcher.Renamed += (_, _) => Hint();
            _watchers.Add(watcher);
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            Log.WatchingByPolling(logger, directory, e.Message, _interval);
        }
    }

    private void Hint()
    {
        try
        {
            if (_hint.CurrentCount == 0) _hint.Release();
        }
        catch (SemaphoreFullException)
        {
            return; // two hints at once are one hint
        }
        catch (ObjectDisposedException)
        {
            return; // a last event after the end of the watch
        }
    }
}
