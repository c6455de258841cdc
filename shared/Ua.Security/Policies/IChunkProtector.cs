using Ua.Core;

namespace Ua.Security;

/// <summary>What of a chunk's place in the conversation enters its nonce where the policy authenticates by AEAD (Part 6, 6.7.2.5).</summary>
public readonly record struct ChunkPlace(uint TokenId, uint PreviousSequenceNumber);

/// <summary>
/// Signs and encrypts the chunks of one direction in place. A chunk is [header | content | room]: the header (message and
/// security header) stays readable, the content (sequence header and body) is protected, the footer goes into the room.
/// Not for use by two threads at once.
/// </summary>
public interface IChunkProtector : IDisposable
{
    /// <summary>Bytes that a content of this length takes once it is protected, footer included.</summary>
    int ProtectedSize(int contentLength);

    /// <summary>The longest content whose protected form fits the room; at most 0 where none does.</summary>
    int MaxContentLength(int room);

    /// <summary>Protects a chunk of exactly header + <see cref="ProtectedSize"/> bytes whose header already names that size.</summary>
    void Protect(Span<byte> chunk, int headerLength, int contentLength, in ChunkPlace place);

    /// <summary>Checks and decrypts a received chunk in place.</summary>
    /// <returns>The length of the content, which begins behind the header.</returns>
    /// <exception cref="UaException">Bad_SecurityChecksFailed where the chunk is not what the peer sent; never says what exactly is wrong.</exception>
    int Unprotect(Span<byte> chunk, int headerLength, in ChunkPlace place);
}
