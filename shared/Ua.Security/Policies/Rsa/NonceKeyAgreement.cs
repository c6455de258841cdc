using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>Keys from two exchanged nonces: each side's keys are P_SHA256 of the other's nonce over its own (Part 6, 6.7.5).</summary>
internal sealed class NonceKeyAgreement(byte[] localNonce, SymmetricLengths lengths) : IKeyAgreement
{
    public byte[] LocalNonce { get; } = localNonce;

    public ChannelKeys Derive(ReadOnlySpan<byte> remoteNonce, ChannelRole role, MessageSecurityMode mode, ChannelKeys? previous)
    {
        if (remoteNonce.Length != LocalNonce.Length)
            throw new UaException(StatusCodes.BadNonceInvalid, $"The nonce has {remoteNonce.Length} bytes instead of {LocalNonce.Length}.");
        if (!remoteNonce.ContainsAnyExcept((byte)0))
            throw new UaException(StatusCodes.BadNonceInvalid, "The nonce is all zeros.");
        if (CryptographicOperations.FixedTimeEquals(remoteNonce, LocalNonce))
            throw new UaException(StatusCodes.BadNonceInvalid, "The nonce is our own sent back.");

        return new(
            Sending: CreateProtector(secret: remoteNonce, seed: LocalNonce, mode),
            Receiving: CreateProtector(secret: LocalNonce, seed: remoteNonce, mode));
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(LocalNonce);

    private IChunkProtector CreateProtector(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, MessageSecurityMode mode)
    {
        Span<byte> material = stackalloc byte[lengths.Total];
        PSha256.Derive(secret, seed, material);
        try
        {
            return mode switch
            {
                MessageSecurityMode.Sign => new HmacChunkProtector(lengths.SigningKeyOf(material)),
                MessageSecurityMode.SignAndEncrypt => new CbcChunkProtector(
                    lengths.SigningKeyOf(material), lengths.EncryptingKeyOf(material), lengths.InitializationVectorOf(material)),
                _ => throw new UaException(StatusCodes.BadSecurityModeRejected, $"Security mode {mode} does not go with a policy that has keys."),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }
}
