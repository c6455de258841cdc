using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;

namespace Benchmarks.Crypto;

/// <summary>The RSA operations of channels and certificates, bare.</summary>
[ShortRunJob]
public class RsaBenchmarks
{
    private readonly byte[] _data = RandomNumberGenerator.GetBytes(100);
    private RSA _key = RSA.Create();
    private byte[] _signature = [];
    private byte[] _block = [];

    [Params(2048, 3072, 4096)]
    public int Bits { get; set; }

    [GlobalSetup]
    public void Make()
    {
        _key = RSA.Create(Bits);
        _signature = Sign();
        _block = Encrypt();
    }

    [GlobalCleanup]
    public void Drop() => _key.Dispose();

    [Benchmark]
    public byte[] Sign() => _key.SignData(_data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    [Benchmark]
    public bool Verify() => _key.VerifyData(_data, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    [Benchmark]
    public byte[] Encrypt() => _key.Encrypt(_data, RSAEncryptionPadding.OaepSHA1);

    [Benchmark]
    public byte[] Decrypt() => _key.Decrypt(_block, RSAEncryptionPadding.OaepSHA1);
}
