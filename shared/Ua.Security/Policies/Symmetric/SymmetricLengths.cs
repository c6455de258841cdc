namespace Ua.Security;

/// <summary>Lengths in bytes of the keys of one direction, in the order in which they are cut from derived material.</summary>
internal sealed record SymmetricLengths(int SigningKey, int EncryptingKey, int InitializationVector)
{
    public int Total => SigningKey + EncryptingKey + InitializationVector;

    public ReadOnlySpan<byte> SigningKeyOf(ReadOnlySpan<byte> material) => material[..SigningKey];

    public ReadOnlySpan<byte> EncryptingKeyOf(ReadOnlySpan<byte> material) => material.Slice(SigningKey, EncryptingKey);

    public ReadOnlySpan<byte> InitializationVectorOf(ReadOnlySpan<byte> material) => material.Slice(SigningKey + EncryptingKey, InitializationVector);
}
