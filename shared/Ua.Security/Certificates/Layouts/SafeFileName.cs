using System.Text;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>File names from templates of a layout, safe on every file system whatever a certificate calls itself.</summary>
public static class SafeFileName
{
    private const int LongestName = 80;

    /// <summary>Forbidden on Windows or with a meaning to shells and paths; Linux allows nearly everything, but folders travel.</summary>
    private const string Unsafe = "<>:\"/\\|?*[]{}%$`'";

    public static string ForCertificate(string template, ApplicationCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return template
            .Replace("{THUMB}", certificate.Thumbprint, StringComparison.Ordinal)
            .Replace("{thumb}", Lower(certificate.Thumbprint), StringComparison.Ordinal)
            .Replace("{cn}", Clean(certificate.CommonName ?? certificate.Subject), StringComparison.Ordinal);
    }

    /// <param name="issuer">The authority whose list it is.</param>
    public static string ForCrl(string template, CertificateRevocationList list, ApplicationCertificate issuer)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(issuer);
        var keyId = Convert.ToHexString(issuer.SubjectKeyIdentifier ?? issuer.PublicKey.KeyIdentifier);
        return template
            .Replace("{KEYID}", keyId, StringComparison.Ordinal)
            .Replace("{keyid}", Lower(keyId), StringComparison.Ordinal)
            .Replace("{crlThumb}", Lower(list.Thumbprint), StringComparison.Ordinal)
            .Replace("{issuerThumb}", Lower(issuer.Thumbprint), StringComparison.Ordinal)
            .Replace("{cn}", Clean(issuer.CommonName ?? issuer.Subject), StringComparison.Ordinal);
    }

    /// <summary>A part of a file name: printable, short, without separators, and not a name that Windows keeps for devices.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= LongestName) break;
            clean.Append(IsSafe(rune) ? rune.ToString() : "_");
        }

        var name = clean.ToString().Trim(' ', '.');
        if (name.Length == 0) return "certificate";
        return IsDevice(name) ? "_" + name : name;
    }

    private static bool IsSafe(Rune rune) => rune.IsAscii
        ? rune.Value >= ' ' && rune.Value < 0x7F && !Unsafe.Contains((char)rune.Value)
        : Rune.IsLetterOrDigit(rune);

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && char.IsAsciiDigit(stem[3]));
    }

    private static string Lower(string hex) => hex.ToLowerInvariant();
}
