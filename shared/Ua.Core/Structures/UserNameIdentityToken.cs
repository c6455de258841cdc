namespace Ua.Core;

/// <summary>A user with a password, which is encrypted unless EncryptionAlgorithm is null (Part 4, 7.41.4).</summary>
public sealed record UserNameIdentityToken(string? PolicyId, string? UserName, byte[]? Password, string? EncryptionAlgorithm)
    : IUaEncodable<UserNameIdentityToken>
{
    public static uint BinaryEncodingId => 324;

    public void Write(ref UaWriter w)
    {
        w.String(PolicyId);
        w.String(UserName);
        w.ByteString(Password);
        w.String(EncryptionAlgorithm);
    }

    public static UserNameIdentityToken Read(ref UaReader r) => new(
        PolicyId: r.String(),
        UserName: r.String(),
        Password: r.ByteString(),
        EncryptionAlgorithm: r.String());
}
