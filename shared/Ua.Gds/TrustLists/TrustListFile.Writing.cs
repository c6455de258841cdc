using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <content>Changing a list of a server (Part 12, 7.8.2).</content>
public sealed partial class TrustListFile
{
    private const byte ForWriting = 0x06;
    private const uint DefaultBlock = 64 * 1024;

    /// <summary>The whole list can be replaced; servers of an old version may know only AddCertificate and RemoveCertificate.</summary>
    public bool CanBeReplaced => _members is null || (_members.Has("Write") && _members.Has("CloseAndUpdate"));

    /// <summary>Single certificates can be added.</summary>
    public bool TakesSingleCertificates => _members is null || _members.Has("AddCertificate");

    /// <summary>Replaces the parts that SpecifiedLists names; where it fails the list stays as it was.</summary>
    /// <param name="list">The new parts.</param>
    /// <param name="maxSize">What the server can take, in bytes (MaxTrustListSize); 0 is no limit.</param>
    /// <param name="cancellationToken">Ends it; the list stays as it was.</param>
    /// <returns>Whether it counts only after ApplyChanges.</returns>
    /// <exception cref="UaException">Bad_RequestTooLarge where the list is larger than the server takes; the status of a method.</exception>
    public async Task<bool> WriteAsync(TrustListDataType list, uint maxSize = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        var content = TrustListContent.Encode(list);
        if (maxSize > 0 && content.Length > maxSize)
            throw new UaException(StatusCodes.BadRequestTooLarge, $"The trust list has {content.Length} bytes; the server takes {maxSize} at most (MaxTrustListSize).");
        var block = (int)Math.Min(await BlockLengthAsync(cancellationToken).ConfigureAwait(false), int.MaxValue);
        var opened = await CallAsync("Open", MethodIds.FileTypeOpen, [ForWriting], cancellationToken).ConfigureAwait(false);
        var handle = opened.Get<uint>(0, "FileHandle");
        try
        {
            for (var at = 0; at < content.Length; at += block)
            {
                var part = content.AsSpan(at, Math.Min(block, content.Length - at)).ToArray();
                await CallAsync("Write", MethodIds.FileTypeWrite, [handle, part], cancellationToken).ConfigureAwait(false);
            }

            var closed = await CallAsync("CloseAndUpdate", MethodIds.TrustListTypeCloseAndUpdate, [handle], cancellationToken).ConfigureAwait(false);
            return ApplyChangesRequired(closed);
        }
        catch
        {
            await CloseAsync(handle).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Adds one certificate at once, or to the open transaction.</summary>
    /// <param name="certificate">DER.</param>
    /// <param name="isTrusted">False puts it among the issuers, which newer servers refuse.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task AddCertificateAsync(byte[] certificate, bool isTrusted, CancellationToken cancellationToken = default) =>
        await CallAsync("AddCertificate", MethodIds.TrustListTypeAddCertificate, [certificate, isTrusted], cancellationToken).ConfigureAwait(false);

    /// <summary>Removes one certificate, a CA together with its revocation lists.</summary>
    /// <param name="thumbprint">SHA-1 of its DER in hex.</param>
    /// <param name="isTrusted">Which part it is in.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RemoveCertificateAsync(string thumbprint, bool isTrusted, CancellationToken cancellationToken = default) =>
        await CallAsync("RemoveCertificate", MethodIds.TrustListTypeRemoveCertificate, [thumbprint, isTrusted], cancellationToken).ConfigureAwait(false);

    /// <summary>The file's own limit, else the server's; where neither says anything, what every server takes.</summary>
    private async Task<uint> BlockLengthAsync(CancellationToken cancellationToken)
    {
        List<NodeId> limits = [ServerConfigurationIds.ServerMaxByteStringLength];
        if (_members?.Find("MaxByteStringLength") is { } own) limits.Insert(0, own);
        foreach (var value in await _session.ReadValuesAsync(limits, cancellationToken).ConfigureAwait(false))
            if (!value.Status.IsBad && value.Value.TryGet<uint>(out var limit) && limit > 0) return Math.Min(limit, BlockSize);
        return DefaultBlock;
    }

    // A server of version 1.03 returns nothing here and applies at once.
    private static bool ApplyChangesRequired(Variant[] outputs) => outputs.Length > 0 && outputs.Get<bool>(0, "ApplyChangesRequired");
}
