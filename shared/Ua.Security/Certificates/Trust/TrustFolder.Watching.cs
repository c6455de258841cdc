namespace Ua.Security.Certificates;

/// <content>Noticing changes while nobody asks.</content>
public sealed partial class TrustFolder
{
    /// <summary>How often the listing is looked at, also where the operating system reports changes.</summary>
    public static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    /// <summary>Raises <see cref="Changed"/> within about a second of a change on disk, until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var watch = new FolderWatch(Paths.Lists, WatchInterval, _time, _logger);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await CurrentAsync(cancellationToken).ConfigureAwait(false);
                await watch.NextAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Ua.Core.UaException e)
            {
                Log.FolderUnreadable(_logger, e, Paths.Root);
                await watch.NextAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// Calls after each change among the rejected certificates, within about a second, until cancelled. A layout that keeps none
    /// has nothing to watch. What lay there before is no change.
    /// </summary>
    public async Task WatchRejectedAsync(Action changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (Paths.Rejected is not { } rejected) return;
        using var watch = new FolderWatch([rejected], WatchInterval, _time, _logger);
        var last = TrySignature([rejected]);
        while (!cancellationToken.IsCancellationRequested)
        {
            await watch.NextAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested || TrySignature([rejected]) is not { } now || now == last) continue;
            last = now;
            changed();
        }
    }
}
