using System.Security.Cryptography;

namespace Ua.Security;

/// <summary>Basic256Sha256: PKCS#1 v1.5 signatures, OAEP with SHA-1, AES-256-CBC.</summary>
internal sealed class Basic256Sha256() : RsaPolicy(
    "Basic256Sha256",
    new RsaAlgorithms(
        RSASignaturePadding.Pkcs1,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        RSAEncryptionPadding.OaepSHA1,
        EncryptionOverhead: 42,
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep"),
    new SymmetricLengths(SigningKey: 32, EncryptingKey: 32, InitializationVector: 16));
