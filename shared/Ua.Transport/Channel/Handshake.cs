using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <summary>
/// How OpenSecureChannel messages of one channel are secured: the certificates of both sides, which stay the same for its
/// life, and the keys taken from them.
/// </summary>
internal sealed class Handshake : IDisposable
{
    /// <exception cref="UaException">Bad_CertificateInvalid or Bad_CertificatePolicyCheckFailed where the peer's certificate cannot be used.</exception>
    public Handshake(ISecurityPolicy policy, OwnCertificate? own, byte[]? peerCertificate)
    {
        Policy = policy;
        Own = own;
        PeerCertificate = peerCertificate;
        OwnHeader = policy.IsNone ? new(policy.Uri, null, null) : new(policy.Uri, own!.Chain, CertificateBytes.Thumbprint(peerCertificate));
        Protector = policy.CreateHandshakeProtector(own?.PrivateKey, policy.IsNone ? null : policy.PublicKeyOf(peerCertificate));
    }

    public ISecurityPolicy Policy { get; }

    public OwnCertificate? Own { get; }

    public byte[]? PeerCertificate { get; }

    /// <summary>What the peer names as receiver of its messages; empty under policy None.</summary>
    public byte[] OwnThumbprint => Own?.Thumbprint ?? [];

    /// <summary>The security header of what this side sends.</summary>
    public AsymmetricHeader OwnHeader { get; }

    public IChunkProtector Protector { get; }

    /// <summary>Checks and decrypts an OPN message of the peer.</summary>
    /// <returns>The content: sequence header and body.</returns>
    public ReadOnlySpan<byte> Open(Frame frame, int headerLength, uint previousSequenceNumber)
    {
        try
        {
            var length = Protector.Unprotect(frame.Bytes, headerLength, new ChunkPlace(0, previousSequenceNumber));
            return frame.Bytes.Slice(headerLength, length);
        }
        catch (ObjectDisposedException e)
        {
            throw new UaException(StatusCodes.BadSecureChannelClosed, "The certificate that the channel was opened with is no longer in use.", e);
        }
    }

    public void Dispose() => Protector.Dispose();
}
