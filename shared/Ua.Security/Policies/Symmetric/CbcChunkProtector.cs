using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>
/// Mode SignAndEncrypt with AES-CBC: padded, signed with HMAC-SHA256, then encrypted, each chunk from the same
/// initialization vector (Part 6, 6.7.2.5). The signature stands at the end whatever the padding says and is checked first,
/// so that a wrong padding tells an attacker nothing.
/// </summary>
internal sealed class CbcChunkProtector : IChunkProtector
{
    private const int BlockSize = 16, SignatureSize = HMACSHA256.HashSizeInBytes;

    private readonly IncrementalHash _hmac;
    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _iv;

    public CbcChunkProtector(ReadOnlySpan<byte> signingKey, ReadOnlySpan<byte> encryptingKey, ReadOnlySpan<byte> initializationVector)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, signingKey);
        _aes.SetKey(encryptingKey);
        _iv = initializationVector.ToArray();
    }

    public int ProtectedSize(int contentLength) => (contentLength + 1 + SignatureSize + BlockSize - 1) / BlockSize * BlockSize;

    public int MaxContentLength(int room) => room / BlockSize * BlockSize - SignatureSize - 1;

    public void Protect(Span<byte> chunk, int headerLength, int contentLength, in ChunkPlace place)
    {
        var padding = chunk[(headerLength + contentLength)..^SignatureSize];
        padding.Fill((byte)(padding.Length - 1));
        _hmac.AppendData(chunk[..^SignatureSize]);
        _hmac.GetHashAndReset(chunk[^SignatureSize..]);
        _aes.EncryptCbc(chunk[headerLength..], _iv, chunk[headerLength..], PaddingMode.None);
    }

    public int Unprotect(Span<byte> chunk, int headerLength, in ChunkPlace place)
    {
        var secured = chunk[headerLength..];
        if (secured.Length % BlockSize != 0 || secured.Length < SignatureSize + 1) throw Refused();
        _aes.DecryptCbc(secured, _iv, secured, PaddingMode.None);

        Span<byte> expected = stackalloc byte[SignatureSize];
        _hmac.AppendData(chunk[..^SignatureSize]);
        _hmac.GetHashAndReset(expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, chunk[^SignatureSize..])) throw Refused();

        var padded = secured[..^SignatureSize];
        var contentLength = padded.Length - 1 - padded[^1];
        if (contentLength < 0 || padded[contentLength..].ContainsAnyExcept(padded[^1])) throw Refused();
        return contentLength;
    }

    public void Dispose()
    {
        _hmac.Dispose();
        _aes.Dispose();
    }

    private static UaException Refused() => new(StatusCodes.BadSecurityChecksFailed, "The signature of a message is wrong.");
}
