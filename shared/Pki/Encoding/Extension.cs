using System.Formats.Asn1;

namespace Pki;

/// <summary>One extension of a certificate, a request or a list (RFC 5280, 4.1).</summary>
internal sealed record Extension(string Oid, bool Critical, ReadOnlyMemory<byte> Value)
{
    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oid);
            if (Critical) writer.WriteBoolean(true);
            writer.WriteOctetString(Value.Span);
        }
    }

    public static Extension Read(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        var critical = sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && sequence.ReadBoolean();
        var value = sequence.ReadOctetString();
        sequence.ThrowIfNotEmpty();
        return new Extension(oid, critical, value);
    }

    /// <summary>Reads SEQUENCE OF Extension; each kind may appear once.</summary>
    public static List<Extension> ReadAll(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var all = new List<Extension>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (sequence.HasData)
        {
            var extension = Read(sequence);
            if (!seen.Add(extension.Oid)) throw new PkiException($"The extension {extension.Oid} appears twice.");
            all.Add(extension);
        }

        return all;
    }

    public static void WriteAll(AsnWriter writer, IEnumerable<Extension> extensions)
    {
        using (writer.PushSequence())
        {
            foreach (var extension in extensions) extension.Write(writer);
        }
    }
}
