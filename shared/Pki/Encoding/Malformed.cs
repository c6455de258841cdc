using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Pki;

/// <summary>Turns whatever a decoder throws on bad bytes into one sentence that names the thing that was read.</summary>
internal static class Malformed
{
    /// <param name="what">The thing as a sentence subject: "The certificate".</param>
    public static T Guard<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or ArgumentException or FormatException or OverflowException)
        {
            throw new PkiException($"{what} cannot be read: {e.Message}", e);
        }
    }
}
