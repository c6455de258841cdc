using System.Collections.Concurrent;

namespace Gds.Core.Users;

/// <summary>
/// Makes guessing slow: after a few failures of one name from one place, each further attempt has to wait, longer each
/// time. Counted by name and place together, so that nobody can lock another one out from elsewhere.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time)
{
    private const int FreeAttempts = 5;
    private const int MostEntries = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<(string Name, string Origin), (int Failures, DateTimeOffset Last)> _failures = new();

    /// <summary>How long this name has to wait from this place; zero when it may try now.</summary>
    public TimeSpan Wait(string name, string origin)
    {
        if (!_failures.TryGetValue((name, origin), out var entry) || entry.Failures < FreeAttempts) return TimeSpan.Zero;
        var pause = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(entry.Failures - FreeAttempts, 20))));
        var left = entry.Last + pause - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Failed(string name, string origin)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= MostEntries) Forget(now);
        _failures.AddOrUpdate((name, origin), _ => (1, now), (_, old) => now - old.Last > Forgotten ? (1, now) : (old.Failures + 1, now));
    }

    public void Succeeded(string name, string origin) => _failures.TryRemove((name, origin), out _);

    // Old entries go first; if that is not enough, someone is trying names at random, and all go.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, entry) in _failures)
        {
            if (now - entry.Last > Forgotten) _failures.TryRemove(key, out _);
        }
        if (_failures.Count >= MostEntries) _failures.Clear();
    }
}
