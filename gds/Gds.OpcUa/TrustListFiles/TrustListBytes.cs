using System.Runtime.CompilerServices;
using Gds.Core.TrustLists;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.TrustListFiles;

/// <summary>Encoded trust lists: once for each version and mask, shared by everyone who reads it.</summary>
internal sealed class TrustListBytes
{
    private readonly ConditionalWeakTable<TrustListSnapshot, byte[]?[]> _encoded = [];

    /// <summary>The file with the lists of the mask; the others are absent and SpecifiedLists says so.</summary>
    public byte[] Of(TrustListSnapshot list, TrustListMasks masks)
    {
        var ofList = _encoded.GetValue(list, static _ => new byte[]?[(int)TrustListMasks.All + 1]);
        ref var slot = ref ofList[(int)masks];
        return Volatile.Read(ref slot) ?? Interlocked.CompareExchange(ref slot, Encode(list, masks), null) ?? slot!;
    }

    private static byte[] Encode(TrustListSnapshot list, TrustListMasks masks)
    {
        return TrustListContent.Encode(new TrustListDataType(
            masks,
            Part(TrustListMasks.TrustedCertificates, list.TrustedCertificates),
            Part(TrustListMasks.TrustedCrls, list.TrustedCrls),
            Part(TrustListMasks.IssuerCertificates, list.IssuerCertificates),
            Part(TrustListMasks.IssuerCrls, list.IssuerCrls)));

        byte[]?[] Part(TrustListMasks mask, IReadOnlyList<byte[]> entries) => masks.HasFlag(mask) ? [.. entries] : [];
    }
}
