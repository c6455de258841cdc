using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>
/// OpenSecureChannel under the RSA policies: signed with the sender's key, then encrypted for the receiver's key
/// (Part 6, 6.7.4). The sender's key gives the signature's size, the receiver's key the blocks and the form of the padding.
/// </summary>
internal sealed class RsaChunkProtector(RsaAlgorithms rsa, RSA own, RSA peer) : IChunkProtector
{
    /// <summary>PaddingSize, and ExtraPaddingSize where the receiver's key has more than 2048 bits.</summary>
    private static int PaddingFields(RSA receiver) => receiver.KeySize > 2048 ? 2 : 1;

    public int ProtectedSize(int contentLength) =>
        rsa.EncryptedSize(peer, contentLength + PaddingFields(peer) + RsaAlgorithms.SignatureSize(own));

    public int MaxContentLength(int room) =>
        room / RsaAlgorithms.CipherBlockSize(peer) * rsa.PlainBlockSize(peer) - PaddingFields(peer) - RsaAlgorithms.SignatureSize(own);

    public void Protect(Span<byte> chunk, int headerLength, int contentLength, in ChunkPlace place)
    {
        var header = chunk[..headerLength];
        var cipher = chunk[headerLength..];
        var signatureSize = RsaAlgorithms.SignatureSize(own);
        var plainLength = cipher.Length / RsaAlgorithms.CipherBlockSize(peer) * rsa.PlainBlockSize(peer);
        var plain = new byte[headerLength + plainLength];
        header.CopyTo(plain);
        cipher[..contentLength].CopyTo(plain.AsSpan(headerLength));

        var signed = plain.Length - signatureSize;
        WritePadding(plain.AsSpan(headerLength + contentLength, signed - headerLength - contentLength));
        rsa.Sign(own, plain.AsSpan(0, signed), plain.AsSpan(signed));
        rsa.Encrypt(peer, plain.AsSpan(headerLength), cipher);
        CryptographicOperations.ZeroMemory(plain);
    }

    public int Unprotect(Span<byte> chunk, int headerLength, in ChunkPlace place)
    {
        var cipher = chunk[headerLength..];
        var plain = new byte[chunk.Length];
        chunk[..headerLength].CopyTo(plain);
        var length = headerLength + rsa.Decrypt(own, cipher, plain.AsSpan(headerLength));
        var signed = length - RsaAlgorithms.SignatureSize(peer);
        if (signed <= headerLength || !rsa.Verify(peer, plain.AsSpan(0, signed), plain.AsSpan(signed, length - signed))) throw Refused();

        var contentLength = ContentLength(plain.AsSpan(headerLength, signed - headerLength));
        plain.AsSpan(headerLength, contentLength).CopyTo(cipher);
        CryptographicOperations.ZeroMemory(plain);
        return contentLength;
    }

    public void Dispose()
    {
    }

    private void WritePadding(Span<byte> footer)
    {
        var size = footer.Length - PaddingFields(peer);
        footer.Fill((byte)size);
        if (PaddingFields(peer) == 2) footer[^1] = (byte)(size >> 8);
    }

    private int ContentLength(ReadOnlySpan<byte> padded)
    {
        var fields = PaddingFields(own);
        if (padded.Length < fields) throw Refused();
        var low = padded[^fields];
        var size = fields == 2 ? low | padded[^1] << 8 : low;
        var contentLength = padded.Length - fields - size;
        if (contentLength < 0) throw Refused();

        // PaddingSize and the bytes behind it all hold the low byte of the size.
        return padded.Slice(contentLength, size + 1).ContainsAnyExcept(low) ? throw Refused() : contentLength;
    }

    private static UaException Refused() => new(StatusCodes.BadSecurityChecksFailed, "The OpenSecureChannel message is not signed by its sender's certificate.");
}
