using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>A certificate revocation list (RFC 5280, 5), read once, with look-up by serial number.</summary>
public sealed class CertificateRevocationList
{
    /// <summary>Lists of some hundred thousand entries fit; more is refused before it is read.</summary>
    public const int LargestSize = 32 * 1024 * 1024;

    private const int TypicalEntrySize = 36;

    private readonly SignedBytes _signed;
    private readonly Dictionary<string, RevokedCertificate> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unknownCritical = new(StringComparer.Ordinal);

    private CertificateRevocationList(byte[] der)
    {
        Der = der;
        _signed = SignedBytes.Read(der);
        var content = new AsnReader(_signed.Content, AsnEncodingRules.DER).ReadSequence();
        if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Integer) && (!content.TryReadInt32(out var version) || version != 1))
        {
            throw new PkiException("The revocation list is not of version 2.");
        }

        _signed.RequireSameAlgorithm(content, "The revocation list");
        IssuerName = SubjectName.Read(content.ReadEncodedValue());
        Issuer = SubjectName.Format(IssuerName);
        ThisUpdate = Asn1Time.Read(content);
        if (Asn1Time.IsNext(content)) NextUpdate = Asn1Time.Read(content);
        if (content.HasData && content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)) ReadEntries(content.ReadEncodedValue());
        if (content.HasData) ReadExtensions(content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)));
        content.ThrowIfNotEmpty();
        Thumbprint = Convert.ToHexString(Sha1Name.Of(der));
    }

    public byte[] Der { get; }

    public X500DistinguishedName IssuerName { get; }

    public string Issuer { get; }

    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the list is to be replaced at the latest; null where it does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>Rises with each list of an issuer; null where it does not say.</summary>
    public BigInteger? Number { get; private set; }

    public byte[]? AuthorityKeyIdentifier { get; private set; }

    public SignatureAlgorithm SignatureAlgorithm => _signed.Algorithm;

    /// <summary>Critical extensions that are not understood here (delta lists, indirect lists): such a list says nothing reliable.</summary>
    public IReadOnlyCollection<string> UnknownCriticalExtensions => _unknownCritical;

    public IReadOnlyCollection<RevokedCertificate> Entries => _entries.Values;

    /// <summary>SHA-1 of the list as upper-case hex, for file names.</summary>
    public string Thumbprint { get; }

    /// <summary>Reads a list in DER; a PEM wrapper is tolerated.</summary>
    public static CertificateRevocationList Parse(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty) throw new PkiException("The revocation list is empty.");
        if (list.Length > LargestSize) throw new PkiException($"The revocation list has {list.Length} bytes; at most {LargestSize} are read.");
        var der = PemBlock.LooksLikePem(list) ? UnwrapPem(list) : list.ToArray();
        return Malformed.Guard("The revocation list", () => new CertificateRevocationList(der));
    }

    /// <summary>Makes and signs a list in DER.</summary>
    public static byte[] Create(
        ApplicationCertificate issuer,
        KeyPair key,
        IEnumerable<RevokedCertificate> entries,
        BigInteger number,
        DateTimeOffset thisUpdate,
        DateTimeOffset nextUpdate)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(entries);
        if (!key.Matches(issuer.PublicKey)) throw new PkiException($"The private key does not belong to the issuer '{issuer.Subject}'.");
        if (nextUpdate <= thisUpdate) throw new PkiException("The nextUpdate of a revocation list must be after its thisUpdate.");
        if (number.Sign < 0) throw new PkiException("The number of a revocation list cannot be negative.");
        var list = entries.ToList();
        var writer = new AsnWriter(AsnEncodingRules.DER, SizeFor(list.Count));
        using (writer.PushSequence())
        {
            writer.WriteInteger(1); // v2
            key.SignatureAlgorithm.Write(writer);
            writer.WriteEncodedValue(issuer.Name.RawData);
            Asn1Time.Write(writer, Asn1Time.WholeSeconds(thisUpdate));
            Asn1Time.Write(writer, Asn1Time.WholeSeconds(nextUpdate));
            WriteEntries(writer, list);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                Extension.WriteAll(writer, [CertificateContents.AuthorityKey(issuer.SubjectKeyIdentifier ?? issuer.PublicKey.KeyIdentifier), NumberExtension(number)]);
            }
        }

        return SignedBytes.Write(writer.Encode(), key);
    }

    /// <summary>The entry of a certificate, or null when it is not revoked. A removeFromCRL entry counts as not revoked.</summary>
    public RevokedCertificate? Find(ApplicationCertificate certificate) =>
        _entries.TryGetValue(certificate.SerialNumber, out var entry) && entry.Reason != RevocationReason.RemoveFromCrl ? entry : null;

    public bool IsSignedBy(ApplicationCertificate issuer) => _signed.IsSignedBy(issuer.PublicKey);

    /// <summary>Whether the list is of this issuer by name and, where both carry it, by key identifier.</summary>
    public bool IsFrom(ApplicationCertificate issuer) =>
        SubjectName.AreEqual(IssuerName, issuer.Name)
        && (AuthorityKeyIdentifier is not { } named || issuer.SubjectKeyIdentifier is not { } own || own.AsSpan().SequenceEqual(named));

    private static byte[] UnwrapPem(ReadOnlySpan<byte> list)
    {
        var text = list.ToArray();
        return Malformed.Guard("The revocation list", () => PemBlock.Unwrap("The revocation list", text, "X509 CRL"));
    }

    /// <summary>Room for everything at once: the writer grows by small steps and would copy a long list thousands of times.</summary>
    private static int SizeFor(int entries) => 1024 + 64 * Math.Min(entries, LargestSize / 64);

    private static void WriteEntries(AsnWriter writer, List<RevokedCertificate> list)
    {
        if (list.Count == 0) return; // RFC 5280, 5.1.2.6: an empty list is absent
        if (list.DistinctBy(e => e.SerialNumber, StringComparer.OrdinalIgnoreCase).Count() != list.Count)
        {
            throw new PkiException("The revocation list would have the same serial number twice.");
        }

        using (writer.PushSequence())
        {
            foreach (var entry in list) entry.Write(writer);
        }
    }

    private static Extension NumberExtension(BigInteger number)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteInteger(number);
        return new Extension(Oids.CrlNumber, Critical: false, writer.Encode());
    }

    private void ReadEntries(ReadOnlyMemory<byte> sequence)
    {
        AsnDecoder.ReadSequence(sequence.Span, AsnEncodingRules.DER, out var start, out var length, out _);
        var rest = sequence.Slice(start, length);
        _entries.EnsureCapacity(length / TypicalEntrySize);
        while (!rest.IsEmpty)
        {
            AsnDecoder.ReadSequence(rest.Span, AsnEncodingRules.DER, out start, out length, out var read);
            var entry = RevokedCertificate.Read(rest.Slice(start, length), _unknownCritical);
            _entries[entry.SerialNumber] = entry;
            rest = rest[read..];
        }
    }

    private void ReadExtensions(AsnReader outer)
    {
        foreach (var extension in Extension.ReadAll(outer))
        {
            var value = new AsnReader(extension.Value, AsnEncodingRules.DER);
            if (extension.Oid == Oids.CrlNumber) Number = value.ReadInteger();
            else if (extension.Oid == Oids.AuthorityKeyIdentifier) AuthorityKeyIdentifier = CertificateExtensions.ReadAuthorityKey(value);
            else if (extension.Critical) _unknownCritical.Add(extension.Oid);
        }

        outer.ThrowIfNotEmpty();
    }
}
