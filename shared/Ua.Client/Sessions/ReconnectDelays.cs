using System.Security.Cryptography;

namespace Ua.Client;

/// <summary>
/// Waits between attempts: each twice the one before up to a longest, and each shortened by a random part of up to a half,
/// so that the clients of a server that comes back do not all knock at once.
/// </summary>
public sealed class ReconnectDelays
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    public ReconnectDelays(TimeSpan first, TimeSpan longest)
    {
        _first = first;
        _longest = longest;
        _next = first;
    }

    public TimeSpan Next()
    {
        var full = _next;
        _next = full * 2 < _longest ? full * 2 : _longest;
        return full * (1 - (RandomNumberGenerator.GetInt32(0, 1001) / 2000.0));
    }

    public void Reset() => _next = _first;
}
