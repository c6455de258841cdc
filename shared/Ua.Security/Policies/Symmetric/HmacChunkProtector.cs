using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>Mode Sign: HMAC-SHA256 over header and content, no padding (Part 6, 6.7.2.5).</summary>
internal sealed class HmacChunkProtector(ReadOnlySpan<byte> signingKey) : IChunkProtector
{
    private const int SignatureSize = HMACSHA256.HashSizeInBytes;

    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, signingKey);

    public int ProtectedSize(int contentLength) => contentLength + SignatureSize;

    public int MaxContentLength(int room) => room - SignatureSize;

    public void Protect(Span<byte> chunk, int headerLength, int contentLength, in ChunkPlace place)
    {
        _hmac.AppendData(chunk[..^SignatureSize]);
        _hmac.GetHashAndReset(chunk[^SignatureSize..]);
    }

    public int Unprotect(Span<byte> chunk, int headerLength, in ChunkPlace place)
    {
        var contentLength = chunk.Length - headerLength - SignatureSize;
        if (contentLength < 0) throw Refused();
        Span<byte> expected = stackalloc byte[SignatureSize];
        _hmac.AppendData(chunk[..^SignatureSize]);
        _hmac.GetHashAndReset(expected);
        return CryptographicOperations.FixedTimeEquals(expected, chunk[^SignatureSize..]) ? contentLength : throw Refused();
    }

    public void Dispose() => _hmac.Dispose();

    private static UaException Refused() => new(StatusCodes.BadSecurityChecksFailed, "The signature of a message is wrong.");
}
