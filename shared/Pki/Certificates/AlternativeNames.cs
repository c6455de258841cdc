using System.Formats.Asn1;
using System.Net;
using System.Text;

namespace Pki;

/// <summary>The SubjectAltName: the ApplicationUri and the hosts of an application (RFC 5280, 4.2.1.6; Part 6, 6.2.2).</summary>
public sealed record AlternativeNames(IReadOnlyList<string> Uris, IReadOnlyList<string> DnsNames, IReadOnlyList<IPAddress> IpAddresses)
{
    private static readonly Asn1Tag DnsTag = new(TagClass.ContextSpecific, 2), UriTag = new(TagClass.ContextSpecific, 6), IpTag = new(TagClass.ContextSpecific, 7);

    public static AlternativeNames None { get; } = new([], [], []);

    /// <summary>Names to be put into a certificate; checked so that every peer can read them.</summary>
    public static AlternativeNames Create(string applicationUri, IEnumerable<string> dnsNames, IEnumerable<IPAddress> ipAddresses)
    {
        if (!IsPlain(applicationUri, longest: 2048)) throw new PkiException($"The ApplicationUri '{applicationUri}' is empty, too long or has characters outside printable ASCII.");
        var dns = dnsNames.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (dns.Find(name => !IsPlain(name, longest: 253) || name.Contains(' ')) is { } bad)
        {
            throw new PkiException($"The DNS name '{bad}' is empty, too long or has characters outside printable ASCII.");
        }

        return new AlternativeNames([applicationUri], dns, [.. ipAddresses.Distinct()]);
    }

    public bool Equals(AlternativeNames? other) => other is not null
        && Uris.SequenceEqual(other.Uris, StringComparer.Ordinal)
        && DnsNames.SequenceEqual(other.DnsNames, StringComparer.OrdinalIgnoreCase)
        && IpAddresses.SequenceEqual(other.IpAddresses);

    public override int GetHashCode() => HashCode.Combine(Uris.Count, DnsNames.Count, IpAddresses.Count);

    internal Extension ToExtension()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var uri in Uris) writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, UriTag);
            foreach (var name in DnsNames) writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsTag);
            foreach (var address in IpAddresses) writer.WriteOctetString(address.GetAddressBytes(), IpTag);
        }

        return new Extension(Oids.SubjectAlternativeName, Critical: false, writer.Encode());
    }

    /// <summary>Kinds of names that do not matter here are skipped; text is taken as UTF-8 since some products put it there.</summary>
    internal static AlternativeNames Read(ReadOnlyMemory<byte> value)
    {
        var sequence = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        List<string> uris = [], dns = [];
        List<IPAddress> addresses = [];
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            if (tag.HasSameClassAndValue(UriTag)) uris.Add(Text(sequence.ReadOctetString(UriTag)));
            else if (tag.HasSameClassAndValue(DnsTag)) dns.Add(Text(sequence.ReadOctetString(DnsTag)));
            else if (tag.HasSameClassAndValue(IpTag)) addresses.Add(Address(sequence.ReadOctetString(IpTag)));
            else sequence.ReadEncodedValue();
        }

        return new AlternativeNames(uris, dns, addresses);
    }

    private static string Text(byte[] bytes)
    {
        if (bytes.Contains((byte)0)) throw new PkiException("A name in SubjectAltName contains a null character.");
        return Encoding.UTF8.GetString(bytes);
    }

    private static IPAddress Address(byte[] bytes) => bytes.Length is 4 or 16
        ? new IPAddress(bytes)
        : throw new PkiException($"An IP address in SubjectAltName has {bytes.Length} bytes; it must have 4 or 16.");

    private static bool IsPlain(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && text.All(c => c is >= ' ' and <= '~');
}
