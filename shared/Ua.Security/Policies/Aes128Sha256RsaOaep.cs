using System.Security.Cryptography;

namespace Ua.Security;

/// <summary>Aes128_Sha256_RsaOaep: PKCS#1 v1.5 signatures, OAEP with SHA-1, AES-128-CBC.</summary>
internal sealed class Aes128Sha256RsaOaep() : RsaPolicy(
    "Aes128_Sha256_RsaOaep",
    new RsaAlgorithms(
        RSASignaturePadding.Pkcs1,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        RSAEncryptionPadding.OaepSHA1,
        EncryptionOverhead: 42,
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep"),
    new SymmetricLengths(SigningKey: 32, EncryptingKey: 16, InitializationVector: 16));
