using System.Security.Cryptography;
using System.Text;

namespace Pki;

/// <summary>One BEGIN/END block of a PEM text (RFC 7468).</summary>
internal sealed record PemBlock(string Label, byte[] Data)
{
    private static readonly byte[] Marker = "-----BEGIN "u8.ToArray();

    public static bool LooksLikePem(ReadOnlySpan<byte> bytes) => bytes.IndexOf(Marker) >= 0 && !bytes.StartsWith((byte)0x30);

    /// <summary>DER as it is, or the first block with one of the labels when the bytes are PEM text.</summary>
    public static byte[] Unwrap(string what, ReadOnlySpan<byte> bytes, params ReadOnlySpan<string> labels)
    {
        if (!LooksLikePem(bytes)) return bytes.ToArray();
        foreach (var block in ReadAll(Encoding.UTF8.GetString(bytes)))
        {
            if (labels.Contains(block.Label)) return block.Data;
        }

        throw new PkiException($"{what} is PEM text without a block '{labels[0]}'.");
    }

    public static List<PemBlock> ReadAll(string text)
    {
        var blocks = new List<PemBlock>();
        var rest = text.AsSpan().TrimStart('\uFEFF'); // editors put a byte order mark before the first block
        while (PemEncoding.TryFind(rest, out var fields))
        {
            blocks.Add(new PemBlock(rest[fields.Label].ToString(), Convert.FromBase64String(rest[fields.Base64Data].ToString())));
            rest = rest[fields.Location.End..];
        }

        return blocks;
    }
}
