namespace Ua.Security.Certificates;

/// <summary>Trust that another part of the process decides, such as a GDS that trusts its own authorities: it publishes, validators read.</summary>
public sealed class PublishedTrustLists : ITrustListSource
{
    private volatile TrustLists _current;

    public PublishedTrustLists(TrustLists initial) => _current = initial;

    public PublishedTrustLists()
        : this(TrustLists.Empty)
    {
    }

    public event Action? Changed;

    public ValueTask<TrustLists> CurrentAsync(CancellationToken cancellationToken = default) => new(_current);

    /// <summary>Replaces the state; the next validation uses it.</summary>
    public void Publish(TrustLists lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        _current = lists;
        Changed?.Invoke();
    }
}
