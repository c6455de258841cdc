namespace Ua.Security;

/// <summary>Leaves chunks as they are: policy None.</summary>
internal sealed class NoProtection : IChunkProtector
{
    public static readonly NoProtection Instance = new();

    public int ProtectedSize(int contentLength) => contentLength;

    public int MaxContentLength(int room) => room;

    public void Protect(Span<byte> chunk, int headerLength, int contentLength, in ChunkPlace place)
    {
    }

    public int Unprotect(Span<byte> chunk, int headerLength, in ChunkPlace place) => chunk.Length - headerLength;

    public void Dispose()
    {
    }
}
