using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace Pki;

/// <summary>Reads a private key in any of the forms that gateways and tools write, by its structure and not by its file name.</summary>
internal static class PrivateKeyReader
{
    private const string Pkcs8Label = "PRIVATE KEY", EncryptedLabel = "ENCRYPTED PRIVATE KEY", RsaLabel = "RSA PRIVATE KEY", EcLabel = "EC PRIVATE KEY";

    private enum Form { Pkcs8Rsa, Pkcs8Ec, Encrypted, Pkcs1, Sec1 }

    public static KeyPair Read(ReadOnlySpan<byte> content, ReadOnlySpan<char> password) =>
        PemBlock.LooksLikePem(content) ? ReadPem(Encoding.UTF8.GetString(content), password) : ReadDer(content.ToArray(), password);

    public static KeyPair ReadPem(string pem, ReadOnlySpan<char> password)
    {
        if (pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw new PkiException("The private key is encrypted in the old OpenSSL form; convert it with 'openssl pkcs8 -topk8'.");
        }

        var block = PemBlock.ReadAll(pem).FirstOrDefault(b => b.Label is Pkcs8Label or EncryptedLabel or RsaLabel or EcLabel)
            ?? throw new PkiException("The PEM text has no private key.");
        return ReadDer(block.Data, password);
    }

    private static KeyPair ReadDer(byte[] der, ReadOnlySpan<char> password)
    {
        try
        {
            var form = Malformed.Guard("The private key", () => FormOf(der));
            return form == Form.Encrypted ? Decrypt(der, password) : new KeyPair(Import(form, der));
        }
        catch (CryptographicException e)
        {
            throw new PkiException($"The private key cannot be read: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static KeyPair Decrypt(byte[] der, ReadOnlySpan<char> password)
    {
        if (password.IsEmpty) throw new PkiException("The private key is encrypted and no password was given.");
        return TryDecrypt(RSA.Create(), der, password, out _)
            ?? TryDecrypt(ECDsa.Create(), der, password, out var refusal)
            ?? throw new PkiException("The private key cannot be decrypted: the password is wrong or the file is damaged.", refusal!);
    }

    private static KeyPair? TryDecrypt(AsymmetricAlgorithm key, byte[] der, ReadOnlySpan<char> password, out CryptographicException? refusal)
    {
        try
        {
            key.ImportEncryptedPkcs8PrivateKey(password, der, out _);
            refusal = null;
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            refusal = e;
            return null;
        }

        return new KeyPair(key);
    }

    private static AsymmetricAlgorithm Import(Form form, byte[] der)
    {
        AsymmetricAlgorithm key = form is Form.Pkcs8Rsa or Form.Pkcs1 ? RSA.Create() : ECDsa.Create();
        try
        {
            switch (key)
            {
                case RSA rsa when form == Form.Pkcs1: rsa.ImportRSAPrivateKey(der, out _); break;
                case ECDsa ecdsa when form == Form.Sec1: ecdsa.ImportECPrivateKey(der, out _); break;
                default: key.ImportPkcs8PrivateKey(der, out _); break;
            }

            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static Form FormOf(byte[] der)
    {
        var sequence = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)) return Form.Encrypted;
        var version = sequence.ReadInteger();
        if (sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Integer)) return Form.Pkcs1;
        if (version == 1 && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.PrimitiveOctetString)) return Form.Sec1;
        var oid = sequence.ReadSequence().ReadObjectIdentifier();
        return oid switch
        {
            Oids.RsaEncryption => Form.Pkcs8Rsa,
            Oids.EcPublicKey => Form.Pkcs8Ec,
            _ => throw new PkiException($"The private key has the algorithm {oid}; supported are RSA and elliptic curves."),
        };
    }
}
