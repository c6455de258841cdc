namespace Benchmarks.Crypto;

/// <summary>The bare operations of a session with keys of its own for each core, so that no lock is shared.</summary>
internal sealed class LaneOperations(int cores, OpenExchange open) : IDisposable
{
    private readonly SessionOperations[] _lanes = [.. Enumerable.Range(0, cores).Select(_ => new SessionOperations(open))];

    public SessionOperations this[int lane] => _lanes[lane];

    public void Dispose()
    {
        foreach (var lane in _lanes) lane.Dispose();
    }
}
