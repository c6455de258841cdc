namespace Ua.Security.Certificates;

/// <summary>Several sources as one: what any of them trusts is trusted.</summary>
public sealed class CompositeTrustLists : ITrustListSource
{
    private readonly ITrustListSource[] _sources;
    private volatile Snapshot? _last;

    public CompositeTrustLists(params IEnumerable<ITrustListSource> sources) => _sources = [.. sources];

    public event Action? Changed
    {
        add { foreach (var source in _sources) source.Changed += value; }
        remove { foreach (var source in _sources) source.Changed -= value; }
    }

    public ValueTask<TrustLists> CurrentAsync(CancellationToken cancellationToken = default) => SeenSinceAsync(null, cancellationToken);

    public async ValueTask<TrustLists> SeenSinceAsync(long? timestamp, CancellationToken cancellationToken = default)
    {
        var parts = new TrustLists[_sources.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = await _sources[i].SeenSinceAsync(timestamp, cancellationToken).ConfigureAwait(false);
        var last = _last;
        if (last is not null && last.Parts.SequenceEqual(parts, ReferenceEqualityComparer.Instance)) return last.Whole;
        var fresh = new Snapshot(parts, TrustLists.Union(parts));
        _last = fresh;
        return fresh.Whole;
    }

    private sealed record Snapshot(TrustLists[] Parts, TrustLists Whole);
}
