namespace Ua.Core;

/// <summary>A signature and the URI of its algorithm; both null where nothing is signed (Part 4, 7.37).</summary>
public sealed record SignatureData(string? Algorithm, byte[]? Signature) : IUaEncodable<SignatureData>
{
    public static uint BinaryEncodingId => 458;

    public void Write(ref UaWriter w)
    {
        w.String(Algorithm);
        w.ByteString(Signature);
    }

    public static SignatureData Read(ref UaReader r) => new(
        Algorithm: r.String(),
        Signature: r.ByteString());
}
