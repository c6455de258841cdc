using System.Security.Cryptography;

namespace Pki;

/// <summary>
/// Random bytes from two sources: the system's generator and entropy that someone else brought. They cannot be predicted as long
/// as one of the two cannot (HKDF, RFC 5869, with HMAC-SHA-512 in counter mode).
/// </summary>
internal sealed class EntropyMix : IDisposable
{
    private readonly byte[] _key;
    private readonly byte[] _block = new byte[HMACSHA512.HashSizeInBytes];
    private ulong _counter;
    private int _used = HMACSHA512.HashSizeInBytes;

    /// <param name="own">From the system's generator, at least 64 bytes.</param>
    /// <param name="brought">Whatever else there is.</param>
    public EntropyMix(ReadOnlySpan<byte> own, ReadOnlySpan<byte> brought)
    {
        if (own.Length < 64) throw new ArgumentException("At least 64 bytes of the system's generator are needed.", nameof(own));
        _key = new byte[HMACSHA512.HashSizeInBytes];
        HKDF.Extract(HashAlgorithmName.SHA512, brought, own, _key);
    }

    public static EntropyMix With(ReadOnlySpan<byte> brought)
    {
        Span<byte> own = stackalloc byte[64];
        RandomNumberGenerator.Fill(own);
        var mix = new EntropyMix(own, brought);
        CryptographicOperations.ZeroMemory(own);
        return mix;
    }

    public void Fill(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            if (_used == _block.Length) Refill();
            var count = Math.Min(target.Length, _block.Length - _used);
            _block.AsSpan(_used, count).CopyTo(target);
            _block.AsSpan(_used, count).Clear();
            _used += count;
            target = target[count..];
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_block);
    }

    private void Refill()
    {
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(counter, _counter++);
        HMACSHA512.HashData(_key, counter, _block);
        _used = 0;
    }
}
