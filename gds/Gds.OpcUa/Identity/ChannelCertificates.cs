using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gds.Core;
using Pki;

namespace Gds.OpcUa.Identity;

/// <summary>Who a channel belongs to, read from its certificate. Those that were met last are kept: a client that comes back brings the same one.</summary>
internal static class ChannelCertificates
{
    private const int MostKept = 1024;

    private static readonly ConcurrentDictionary<string, ApplicationCertificate> s_read = new(StringComparer.Ordinal);

    /// <summary>The application of a channel; null on a channel without a certificate.</summary>
    public static ChannelIdentity? IdentityOf(byte[]? chain, bool trusted)
    {
        if (chain is not { Length: > 0 }) return null;
        var leaf = LeafOf(chain);
        return new ChannelIdentity(leaf.ApplicationUri ?? "", leaf.Thumbprint, trusted);
    }

    private static ApplicationCertificate LeafOf(byte[] chain)
    {
        var name = Convert.ToHexString(SHA256.HashData(chain));
        if (s_read.TryGetValue(name, out var known)) return known;
        if (s_read.Count >= MostKept) s_read.Clear();
        return s_read[name] = CertificateChainBytes.Parse(chain)[0];
    }
}
