namespace Ua.Core;

/// <summary>A token that an authorization service issued, encrypted like a password (Part 4, 7.41.6).</summary>
public sealed record IssuedIdentityToken(string? PolicyId, byte[]? TokenData, string? EncryptionAlgorithm)
    : IUaEncodable<IssuedIdentityToken>
{
    public static uint BinaryEncodingId => 940;

    public void Write(ref UaWriter w)
    {
        w.String(PolicyId);
        w.ByteString(TokenData);
        w.String(EncryptionAlgorithm);
    }

    public static IssuedIdentityToken Read(ref UaReader r) => new(
        PolicyId: r.String(),
        TokenData: r.ByteString(),
        EncryptionAlgorithm: r.String());
}
