namespace Ua.Security.Certificates;

/// <summary>Where trust comes from: a folder, a database snapshot, or several of them.</summary>
public interface ITrustListSource
{
    /// <summary>The state that counts now; the same object as long as nothing has changed. Cheap enough for every connection.</summary>
    ValueTask<TrustLists> CurrentAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The state that counts now, where a look that began after a timestamp of the clock is recent enough: for a source to which a
    /// look costs something. Null looks anew.
    /// </summary>
    ValueTask<TrustLists> SeenSinceAsync(long? timestamp, CancellationToken cancellationToken = default) => CurrentAsync(cancellationToken);

    /// <summary>Raised after the state has changed, so that open channels and sessions can be judged again.</summary>
    event Action? Changed;
}
