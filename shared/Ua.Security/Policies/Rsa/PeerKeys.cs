using System.Security.Cryptography;

namespace Ua.Security;

/// <summary>
/// The public keys of the peers that were met last. Opening a key costs as much as signing with one, and a peer that comes
/// back brings the same certificate. Kept keys are shared and never disposed: one that is dropped lives as long as a channel
/// uses it.
/// </summary>
internal sealed class PeerKeys
{
    public const int MostKept = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RSA> _keys = new(StringComparer.Ordinal);

    /// <summary>The key of a certificate; what cannot be opened is not kept.</summary>
    public RSA Get(ReadOnlySpan<byte> certificate, Func<ReadOnlySpan<byte>, RSA> open)
    {
        var name = Convert.ToHexString(SHA256.HashData(certificate));
        lock (_lock)
        {
            if (_keys.TryGetValue(name, out var known)) return known;
        }

        var opened = open(certificate);
        lock (_lock)
        {
            if (_keys.Count >= MostKept) _keys.Clear();
            return _keys.TryAdd(name, opened) ? opened : _keys[name];
        }
    }
}
