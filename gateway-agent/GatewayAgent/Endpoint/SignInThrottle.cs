namespace GatewayAgent.Endpoint;

/// <summary>Makes guessing slow: after some failures from one address each further attempt has to wait, longer each time.</summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    public const int FreeAttempts = 5;
    private const int MostPlaces = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset Last)> _failures = new(StringComparer.Ordinal);

    /// <summary>How long this place has to wait; zero when it may try now.</summary>
    public TimeSpan Wait(string place)
    {
        lock (_gate)
        {
            if (!_failures.TryGetValue(place, out var entry) || entry.Failures < FreeAttempts) return TimeSpan.Zero;
            var pause = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(entry.Failures - FreeAttempts, 20))));
            var left = entry.Last + pause - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Failed(string place)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_failures.Count >= MostPlaces) MakeRoom(now);
            var before = _failures.TryGetValue(place, out var entry) && now - entry.Last <= Forgotten ? entry.Failures : 0;
            _failures[place] = (before + 1, now);
        }
    }

    public void Succeeded(string place)
    {
        lock (_gate) _failures.Remove(place);
    }

    /// <summary>Old entries go first; where that is not enough, the one that has been silent longest.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (place, entry) in _failures.Where(f => now - f.Value.Last > Forgotten).ToList()) _failures.Remove(place);
        if (_failures.Count >= MostPlaces) _failures.Remove(_failures.MinBy(f => f.Value.Last).Key);
    }
}
