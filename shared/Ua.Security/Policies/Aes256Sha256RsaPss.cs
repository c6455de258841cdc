using System.Security.Cryptography;

namespace Ua.Security;

/// <summary>Aes256_Sha256_RsaPss: PSS signatures with a salt of 32 bytes, OAEP with SHA-256, AES-256-CBC.</summary>
internal sealed class Aes256Sha256RsaPss() : RsaPolicy(
    "Aes256_Sha256_RsaPss",
    new RsaAlgorithms(
        RSASignaturePadding.Pss,
        "http://opcfoundation.org/UA/security/rsa-pss-sha2-256",
        RSAEncryptionPadding.OaepSHA256,
        EncryptionOverhead: 66,
        "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256"),
    new SymmetricLengths(SigningKey: 32, EncryptingKey: 32, InitializationVector: 16));
