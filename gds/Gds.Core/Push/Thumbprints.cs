using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Gds.Core.Push;

/// <summary>SHA-1 of a certificate, by which a trust list names its entries (Part 12, 7.8.2.7).</summary>
internal static class Thumbprints
{
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "A name of an entry, prescribed by the specification.")]
    public static string Sha1Of(byte[] der) => Convert.ToHexString(SHA1.HashData(der));
}
