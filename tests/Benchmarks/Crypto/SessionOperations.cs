using System.Security.Cryptography;

namespace Benchmarks.Crypto;

/// <summary>
/// The RSA operations that opening one session cannot do without (Basic256Sha256, SignAndEncrypt), done bare. Each OPN message
/// is signed once and encrypted block by block; CreateSession and ActivateSession are each signed by one side and verified by
/// the other. Certificates of peers that were judged before cost nothing.
/// </summary>
internal sealed class SessionOperations : IDisposable
{
    private readonly OpenExchange _open;
    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _publicKey = RSA.Create();
    private readonly byte[] _data = RandomNumberGenerator.GetBytes(100);
    private readonly byte[] _signature;
    private readonly byte[] _block;

    public SessionOperations(OpenExchange open)
    {
        _open = open;
        _publicKey.ImportRSAPublicKey(_key.ExportRSAPublicKey(), out _);
        _signature = _key.SignData(_data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _block = _publicKey.Encrypt(_data, RSAEncryptionPadding.OaepSHA1);
    }

    /// <summary>Signs OPN response and CreateSession response, decrypts the OPN request.</summary>
    public static int PrivateOfServer(OpenExchange open) => 2 + open.RequestBlocks;

    /// <summary>Signs OPN request and ActivateSession request, decrypts the OPN response.</summary>
    public static int PrivateOfClient(OpenExchange open) => 2 + open.ResponseBlocks;

    /// <summary>Verifies OPN request and ActivateSession request, encrypts the OPN response.</summary>
    public static int PublicOfServer(OpenExchange open) => 2 + open.ResponseBlocks;

    public static int PublicOfClient(OpenExchange open) => 2 + open.RequestBlocks;

    public void OfServer() => Do(_open.RequestBlocks, _open.ResponseBlocks);

    public void OfClient() => Do(_open.ResponseBlocks, _open.RequestBlocks);

    public void OfBoth()
    {
        OfClient();
        OfServer();
    }

    public void Dispose()
    {
        _key.Dispose();
        _publicKey.Dispose();
    }

    private void Do(int decrypt, int encrypt)
    {
        for (var i = 0; i < 2; i++) _key.SignData(_data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        for (var i = 0; i < 2; i++) _publicKey.VerifyData(_data, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        for (var i = 0; i < decrypt; i++) _key.Decrypt(_block, RSAEncryptionPadding.OaepSHA1);
        for (var i = 0; i < encrypt; i++) _publicKey.Encrypt(_data, RSAEncryptionPadding.OaepSHA1);
    }
}
