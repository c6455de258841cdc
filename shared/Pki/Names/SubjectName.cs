using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>Distinguished names of certificates, from and to text (Part 12, 7.9.3: the form CN=.../O=...).</summary>
public static class SubjectName
{
    public const int LongestText = 1024;

    /// <summary>Reads "CN=Pump 1/O=Plant" (values with / or = in double quotes) or "CN=Pump 1, O=Plant"; a CN is required.</summary>
    public static X500DistinguishedName Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new PkiException("The subject name is empty.");
        if (text.Length > LongestText) throw new PkiException($"The subject name has {text.Length} characters; at most {LongestText} are allowed.");
        return Build(SubjectNameText.Split(text));
    }

    /// <summary>A name from its parts; null or empty parts are left out.</summary>
    public static X500DistinguishedName Build(
        string commonName,
        string? organization = null,
        string? organizationalUnit = null,
        string? locality = null,
        string? state = null,
        string? country = null,
        string? domainComponent = null)
    {
        (string Field, string? Value)[] parts =
        [
            ("CN", commonName), ("OU", organizationalUnit), ("O", organization), ("L", locality), ("S", state), ("C", country), ("DC", domainComponent),
        ];
        return Build(parts.Where(p => !string.IsNullOrWhiteSpace(p.Value)).Select(p => new NameField(p.Field, p.Value!)));
    }

    /// <summary>The name as "CN=Pump 1, O=Plant".</summary>
    public static string Format(X500DistinguishedName name) => name.Name;

    /// <summary>The first CN, or null.</summary>
    public static string? CommonNameOf(X500DistinguishedName name) => name
        .EnumerateRelativeDistinguishedNames()
        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == Oids.CommonName)
        .Select(part => part.GetSingleElementValue())
        .FirstOrDefault();

    /// <summary>Same name as RFC 5280, 7.1 compares: the string type, case and outer spaces of a value do not count.</summary>
    public static bool AreEqual(X500DistinguishedName a, X500DistinguishedName b)
    {
        if (a.RawData.AsSpan().SequenceEqual(b.RawData)) return true;
        return Canonical(a) is { } left && Canonical(b) is { } right && left.SequenceEqual(right);
    }

    /// <summary>Decodes and checks a name read from a certificate, so that a bad one fails here and not where it is first shown.</summary>
    internal static X500DistinguishedName Read(ReadOnlyMemory<byte> der)
    {
        var name = new X500DistinguishedName(der.Span);
        _ = name.Name;
        return name;
    }

    private static List<(string, string)>? Canonical(X500DistinguishedName name)
    {
        var parts = name.EnumerateRelativeDistinguishedNames().ToList();
        if (parts.Any(part => part.HasMultipleElements)) return null;
        return parts.ConvertAll(part => (part.GetSingleElementType().Value!, Fold(part.GetSingleElementValue())));
    }

    private static string Fold(string? value) =>
        string.Join(' ', (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    private static X500DistinguishedName Build(IEnumerable<NameField> fields)
    {
        var builder = new X500DistinguishedNameBuilder();
        var commonNames = 0;
        foreach (var field in fields)
        {
            field.AddTo(builder);
            if (field.Name == "CN") commonNames++;
        }

        return commonNames == 1
            ? builder.Build()
            : throw new PkiException(commonNames == 0 ? "The subject name has no CN." : "The subject name has more than one CN.");
    }
}
