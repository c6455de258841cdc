using System.Buffers.Binary;
using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Security;

/// <summary>
/// A secret under fresh symmetric keys, which are themselves encrypted for the server's certificate (Part 4, 7.40.2.3).
/// [TypeId, 1, Length | SecurityPolicyUri, thumbprint, SigningTime, KeyDataLength | KeyData | payload | HMAC]
/// </summary>
internal static class RsaEncryptedSecret
{
    private const uint TypeId = 17545;
    private const int BlockSize = 16, SignatureSize = HMACSHA256.HashSizeInBytes;

    /// <summary>Secrets are padded to at least this many bytes with their nonce, to hide short passwords.</summary>
    private const int LeastPayload = 128;

    private static readonly byte[] s_prefix = [0x01, 0x00, (byte)(TypeId & 0xFF), (byte)(TypeId >> 8), 0x01];

    /// <summary>True where the bytes begin as this structure does; chance gives an RSA ciphertext this beginning once in 2^40.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> value) => value.StartsWith(s_prefix);

    public static byte[] Encrypt(
        RsaPolicy policy,
        AsymmetricAlgorithm serverKey,
        byte[] thumbprint,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> serverNonce,
        DateTime signingTime)
    {
        var material = RandomNumberGenerator.GetBytes(policy.Lengths.Total);
        var keyData = policy.Encrypt(serverKey, KeyData(policy.Lengths, material));
        var payload = Payload(secret, serverNonce);
        EncryptInPlace(policy.Lengths, material, payload);

        var w = new UaWriter(1024);
        try
        {
            w.Raw(s_prefix);
            w.UInt32(0);
            var start = w.Length;
            w.String(policy.Uri);
            w.ByteString(thumbprint);
            w.DateTime(signingTime);
            w.UInt16(checked((ushort)keyData.Length));
            w.Raw(keyData);
            w.Raw(payload);
            w.PatchUInt32(s_prefix.Length, (uint)(w.Length - start + SignatureSize));
            w.Raw(HMACSHA256.HashData(policy.Lengths.SigningKeyOf(material), w.Written));
            return w.ToArray();
        }
        finally
        {
            w.Dispose();
            CryptographicOperations.ZeroMemory(material);
        }
    }

    /// <exception cref="UaException">Any status; the caller hides it.</exception>
    public static byte[] Decrypt(RsaPolicy policy, OwnCertificate own, byte[] value, ReadOnlySpan<byte> serverNonce)
    {
        var r = new UaReader(value);
        r.Raw(s_prefix.Length);
        if (r.UInt32() != r.Remaining) throw UserSecrets.Invalid(null);
        if (r.String() != policy.Uri) throw UserSecrets.Invalid(null);
        if (!own.Thumbprint.AsSpan().SequenceEqual(r.ByteString() ?? [])) throw UserSecrets.Invalid(null);
        r.DateTime();
        var keyData = r.Raw(r.UInt16());
        var payload = r.Raw(r.Remaining - SignatureSize).ToArray();
        var signature = r.Raw(SignatureSize);

        var material = ReadKeyData(policy.Lengths, policy.Decrypt(own.PrivateKey, keyData));
        try
        {
            var expected = HMACSHA256.HashData(policy.Lengths.SigningKeyOf(material), value.AsSpan(0, value.Length - SignatureSize));
            if (!CryptographicOperations.FixedTimeEquals(expected, signature)) throw UserSecrets.Invalid(null);
            return ReadPayload(policy.Lengths, material, payload, serverNonce);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
            CryptographicOperations.ZeroMemory(payload);
        }
    }

    private static byte[] KeyData(SymmetricLengths lengths, ReadOnlySpan<byte> material)
    {
        var w = new UaWriter(128);
        try
        {
            w.ByteString(lengths.SigningKeyOf(material));
            w.ByteString(lengths.EncryptingKeyOf(material));
            w.ByteString(lengths.InitializationVectorOf(material));
            return w.ToArray();
        }
        finally
        {
            w.Dispose();
        }
    }

    private static byte[] ReadKeyData(SymmetricLengths lengths, byte[] keyData)
    {
        var r = new UaReader(keyData);
        byte[] signing = r.ByteString() ?? [], encrypting = r.ByteString() ?? [], iv = r.ByteString() ?? [];
        CryptographicOperations.ZeroMemory(keyData);
        if (signing.Length != lengths.SigningKey || encrypting.Length != lengths.EncryptingKey || iv.Length != lengths.InitializationVector)
            throw UserSecrets.Invalid(null);
        return [.. signing, .. encrypting, .. iv];
    }

    private static byte[] Payload(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce)
    {
        var content = 4 + nonce.Length + 4 + secret.Length;
        var total = Math.Max(LeastPayload, (content + 2 + BlockSize - 1) / BlockSize * BlockSize);
        var padding = total - content - 2;
        var payload = new byte[total];
        BinaryPrimitives.WriteInt32LittleEndian(payload, nonce.Length);
        nonce.CopyTo(payload.AsSpan(4));
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(4 + nonce.Length), secret.Length);
        secret.CopyTo(payload.AsSpan(8 + nonce.Length));
        payload.AsSpan(content, padding).Fill((byte)padding);
        BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(total - 2), (ushort)padding);
        return payload;
    }

    private static byte[] ReadPayload(SymmetricLengths lengths, ReadOnlySpan<byte> material, byte[] payload, ReadOnlySpan<byte> serverNonce)
    {
        if (payload.Length == 0 || payload.Length % BlockSize != 0) throw UserSecrets.Invalid(null);
        using var aes = Aes.Create();
        aes.SetKey(lengths.EncryptingKeyOf(material));
        aes.DecryptCbc(payload, lengths.InitializationVectorOf(material), payload, PaddingMode.None);

        var padding = BinaryPrimitives.ReadUInt16LittleEndian(payload.AsSpan(payload.Length - 2));
        var r = new UaReader(payload);
        var nonce = r.ByteString() ?? [];
        var secret = r.ByteString() ?? [];
        if (r.Remaining != padding + 2 || r.Raw(padding).ContainsAnyExcept((byte)padding)) throw UserSecrets.Invalid(null);
        return CryptographicOperations.FixedTimeEquals(nonce, serverNonce) ? secret : throw UserSecrets.Invalid(null);
    }

    private static void EncryptInPlace(SymmetricLengths lengths, ReadOnlySpan<byte> material, byte[] payload)
    {
        using var aes = Aes.Create();
        aes.SetKey(lengths.EncryptingKeyOf(material));
        aes.EncryptCbc(payload, lengths.InitializationVectorOf(material), payload, PaddingMode.None);
    }
}
