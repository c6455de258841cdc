using System.Collections.Concurrent;

namespace Gds.OpcUa.Events;

/// <summary>Changes that a method call is about to make and will tell of itself; others came by another door.</summary>
internal sealed class EventClaims
{
    private readonly ConcurrentDictionary<string, int> _claimed = new(StringComparer.Ordinal);

    public IDisposable Claim(string key)
    {
        _claimed.AddOrUpdate(key, 1, static (_, count) => count + 1);
        return new Ending(this, key);
    }

    public bool IsClaimed(string key) => _claimed.ContainsKey(key);

    private void Release(string key)
    {
        while (_claimed.TryGetValue(key, out var count))
        {
            if (count == 1 ? _claimed.TryRemove(new(key, 1)) : _claimed.TryUpdate(key, count - 1, count)) return;
        }
    }

    private sealed class Ending(EventClaims claims, string key) : IDisposable
    {
        public void Dispose() => claims.Release(key);
    }
}
