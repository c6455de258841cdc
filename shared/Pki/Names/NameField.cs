using System.Security.Cryptography.X509Certificates;

namespace Pki;

/// <summary>One field of a subject name, with its length limit (RFC 5280, appendix A).</summary>
internal sealed record NameField(string Name, string Value)
{
    public const string Known = "CN, O, OU, DC, L, S, C";

    public void AddTo(X500DistinguishedNameBuilder builder)
    {
        Check();
        switch (Name)
        {
            case "CN": builder.AddCommonName(Value); break;
            case "O": builder.AddOrganizationName(Value); break;
            case "OU": builder.AddOrganizationalUnitName(Value); break;
            case "DC": builder.AddDomainComponent(Value); break;
            case "L": builder.AddLocalityName(Value); break;
            case "S": builder.AddStateOrProvinceName(Value); break;
            case "C": builder.AddCountryOrRegion(Value); break;
            default: throw new PkiException($"The subject name has the field '{Name}'; known are {Known}.");
        }
    }

    /// <summary>The field's name in the one spelling used here; null when it is not known.</summary>
    public static string? Canonical(string name) => name.ToUpperInvariant() switch
    {
        "ST" => "S",
        "CN" or "O" or "OU" or "DC" or "L" or "S" or "C" => name.ToUpperInvariant(),
        _ => null,
    };

    private void Check()
    {
        if (Value.Length == 0) throw new PkiException($"The subject name has an empty {Name}.");
        var longest = Name switch { "CN" or "O" or "OU" => 64, "C" => 2, "DC" => 253, _ => 128 };
        if (Value.Length > longest) throw new PkiException($"The subject name has a {Name} of {Value.Length} characters; at most {longest} are allowed.");
        if (Value.Any(char.IsControl)) throw new PkiException($"The subject name has a control character in {Name}.");
        if (Name == "C" && !(Value.Length == 2 && Value.All(char.IsAsciiLetter))) throw new PkiException("The subject name has a C that is not two letters.");
        if (Name == "DC" && !Value.All(char.IsAscii)) throw new PkiException("The subject name has a DC with characters outside ASCII.");
        if (!IsWellFormed(Value)) throw new PkiException($"The subject name has half a surrogate pair in {Name}.");
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return false;
            i++;
        }

        return true;
    }
}
