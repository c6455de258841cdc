using System.Runtime.CompilerServices;
using Gds.Core;
using Pki;

namespace Gds.OpcUa.Identity;

/// <summary>Who a channel belongs to, read from its certificate once for each channel.</summary>
internal static class ChannelCertificates
{
    private static readonly ConditionalWeakTable<byte[], ApplicationCertificate> s_read = [];

    /// <summary>The application of a channel; null on a channel without a certificate.</summary>
    public static ChannelIdentity? IdentityOf(byte[]? chain, bool trusted)
    {
        if (chain is not { Length: > 0 }) return null;
        var leaf = s_read.GetValue(chain, static bytes => CertificateChainBytes.Parse(bytes)[0]);
        return new ChannelIdentity(leaf.ApplicationUri ?? "", leaf.Thumbprint, trusted);
    }
}
