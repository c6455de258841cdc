using System.Security.Cryptography;
using System.Text;
using Gds.Authority;

namespace Gds.Core.Protection;

/// <summary>Seals under a key that is derived from the secret which also protects the CA keys, so there is one secret to look after.</summary>
internal sealed class SecretDataProtection(IKeyProtection protection) : IDataProtection
{
    private static readonly byte[] Info = Encoding.ASCII.GetBytes("GdsSuite data protection 1");

    private byte[]? _key;

    public async ValueTask<byte[]> ProtectAsync(string purpose, ReadOnlyMemory<byte> secret, CancellationToken cancellationToken)
        => SealedText.Seal(await KeyAsync(cancellationToken), purpose, secret.Span);

    public async ValueTask<byte[]> UnprotectAsync(string purpose, ReadOnlyMemory<byte> sealedSecret, CancellationToken cancellationToken)
        => SealedText.Open(await KeyAsync(cancellationToken), purpose, sealedSecret.Span);

    private async ValueTask<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _key) is { } known) return known;
        string secret;
        try
        {
            secret = await protection.GetSecretAsync(mayCreate: false, cancellationToken);
        }
        catch (AuthorityException e)
        {
            throw new GdsProblem(ProblemKind.Unavailable, e.Message, e);
        }
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), SealedText.KeySize, info: Info);
        Volatile.Write(ref _key, key);
        return key;
    }
}
