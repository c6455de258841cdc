using System.Security.Cryptography;

namespace Pki;

/// <summary>Serial numbers: 16 random bytes, positive, with no leading zero, so that the hex text is the same in every tool.</summary>
public static class SerialNumbers
{
    public static byte[] Create()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    /// <summary>Upper-case hex of the bytes as they stand in the certificate; lists are searched by it.</summary>
    public static string ToText(ReadOnlySpan<byte> serial) => Convert.ToHexString(serial);

    public static byte[] FromText(string text)
    {
        try
        {
            var bytes = Convert.FromHexString(text);
            if (bytes.Length is 0 or > 40) throw new PkiException($"The serial number '{text}' must have 1 to 40 bytes.");
            var padded = bytes.Length > 1 && ((bytes[0] == 0 && bytes[1] < 0x80) || (bytes[0] == 0xFF && bytes[1] >= 0x80));
            return padded ? throw new PkiException($"The serial number '{text}' has a leading byte that it does not need.") : bytes;
        }
        catch (FormatException e)
        {
            throw new PkiException($"The serial number '{text}' is not hexadecimal.", e);
        }
    }
}
