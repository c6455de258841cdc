using System.Formats.Asn1;

namespace Pki;

/// <summary>The attributes of a signing request, of which only the wanted extensions matter (RFC 2985, 5.4.2).</summary>
internal static class RequestAttributes
{
    private static readonly Asn1Tag Tag = new(TagClass.ContextSpecific, 0);

    public static void Write(AsnWriter writer, IReadOnlyList<Extension> extensions)
    {
        using (writer.PushSetOf(Tag))
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.ExtensionRequest);
            using (writer.PushSetOf()) Extension.WriteAll(writer, extensions);
        }
    }

    /// <summary>Reads up to the end of the request's content; some tools leave the attributes out entirely.</summary>
    public static List<Extension> Read(AsnReader content)
    {
        var extensions = new List<Extension>();
        if (content.HasData)
        {
            var attributes = content.ReadSetOf(skipSortOrderValidation: true, Tag);
            while (attributes.HasData) extensions.AddRange(ReadAttribute(attributes.ReadSequence()));
        }

        content.ThrowIfNotEmpty();
        return extensions.DistinctBy(e => e.Oid).Count() == extensions.Count
            ? extensions
            : throw new PkiException("The signing request asks for the same extension twice.");
    }

    private static List<Extension> ReadAttribute(AsnReader attribute)
    {
        var oid = attribute.ReadObjectIdentifier();
        var values = attribute.ReadSetOf(skipSortOrderValidation: true);
        attribute.ThrowIfNotEmpty();
        if (oid is not (Oids.ExtensionRequest or Oids.MicrosoftExtensionRequest)) return [];
        var extensions = Extension.ReadAll(values);
        values.ThrowIfNotEmpty();
        return extensions;
    }
}
