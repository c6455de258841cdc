using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Pki;

/// <summary>SHA-1 as a name for certificates, lists and keys: the specifications ask for it (Part 6, 6.7.2; RFC 5280, 4.2.1.2); nothing is protected by it.</summary>
public static class Sha1Name
{
    /// <summary>The 20 bytes of the name.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "An identifier that the specifications define as SHA-1, not a protection.")]
    public static byte[] Of(ReadOnlySpan<byte> data) => SHA1.HashData(data);
}
