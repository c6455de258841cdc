namespace Gds.Core.Protection;

/// <summary>Encrypts small secrets at rest: passwords of open requests, private keys until they are collected.</summary>
public interface IDataProtection
{
    /// <summary>What was protected for one purpose opens for that purpose only.</summary>
    ValueTask<byte[]> ProtectAsync(string purpose, ReadOnlyMemory<byte> secret, CancellationToken cancellationToken);

    /// <summary>Throws a <see cref="System.Security.Cryptography.CryptographicException"/> when the key or the purpose is another, or a bit has changed.</summary>
    ValueTask<byte[]> UnprotectAsync(string purpose, ReadOnlyMemory<byte> sealedSecret, CancellationToken cancellationToken);
}
