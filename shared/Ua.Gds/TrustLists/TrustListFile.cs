using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;

namespace Ua.Gds;

/// <summary>
/// A TrustList object of a server as a client reads it: opened, read until there is nothing more, closed, decoded (Part 12,
/// 7.8.2). Methods are called by the ids of their types, which every instance of a GDS accepts, or by those of the instance
/// where the members were browsed.
/// </summary>
public sealed partial class TrustListFile
{
    private const int BlockSize = 256 * 1024;
    private const byte ForReading = 0x01;

    private readonly UaSession _session;
    private readonly NodeId _trustListId;
    private readonly ObjectMembers? _members;
    private readonly ILogger _logger;

    public TrustListFile(UaSession session, NodeId trustListId)
        : this(session, trustListId, members: null)
    {
    }

    internal TrustListFile(UaSession session, NodeId trustListId, ObjectMembers? members)
    {
        ArgumentNullException.ThrowIfNull(session);
        (_session, _trustListId, _members) = (session, trustListId, members);
        _logger = session.Options.LoggerFactory.CreateLogger<TrustListFile>();
    }

    public NodeId NodeId => _trustListId;

    /// <summary>Reads the list, whole or in part.</summary>
    /// <exception cref="UaException">The status of a method; Bad_EncodingLimitsExceeded where the list is too large, Bad_DecodingError where it is malformed.</exception>
    public async Task<TrustListDataType> ReadAsync(TrustListMasks masks = TrustListMasks.All, CancellationToken cancellationToken = default)
    {
        var handle = await OpenAsync(masks, cancellationToken).ConfigureAwait(false);
        try
        {
            return TrustListContent.Decode(await ReadToEndAsync(handle, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            await CloseAsync(handle).ConfigureAwait(false);
        }
    }

    /// <summary>When the list was changed last; DateTime.MinValue where the server does not know.</summary>
    public async Task<DateTime> ReadLastUpdateTimeAsync(CancellationToken cancellationToken = default) =>
        await _session.ReadValueAsync<DateTime>(await FindLastUpdateTimeAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>The variable that tells when the list was changed last; see <see cref="LastUpdateTimes"/>.</summary>
    public async Task<NodeId> FindLastUpdateTimeAsync(CancellationToken cancellationToken = default) =>
        _members?.Find("LastUpdateTime")
            ?? await _session.TranslateAsync(_trustListId, [new QualifiedName("LastUpdateTime")], cancellationToken).ConfigureAwait(false);

    private async Task<uint> OpenAsync(TrustListMasks masks, CancellationToken cancellationToken)
    {
        var outputs = masks == TrustListMasks.All
            ? await CallAsync("Open", MethodIds.FileTypeOpen, [ForReading], cancellationToken).ConfigureAwait(false)
            : await CallAsync("OpenWithMasks", MethodIds.TrustListTypeOpenWithMasks, [(uint)masks], cancellationToken).ConfigureAwait(false);
        return outputs.Get<uint>(0, "FileHandle");
    }

    private async Task<byte[]> ReadToEndAsync(uint handle, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        while (true)
        {
            var outputs = await CallAsync("Read", MethodIds.FileTypeRead, [handle, BlockSize], cancellationToken).ConfigureAwait(false);
            if (outputs.Get<byte[]?>(0, "Data") is not { Length: > 0 } block) return content.ToArray();
            if (content.Length + block.Length > TrustListContent.LargestSize) throw TrustListContent.TooLarge(content.Length + block.Length);
            content.Write(block);
        }
    }

    /// <summary>A handle that cannot be closed is closed by the server, at the latest with the session: what was read counts.</summary>
    private async Task CloseAsync(uint handle)
    {
        try
        {
            await CallAsync("Close", MethodIds.FileTypeClose, [handle], CancellationToken.None).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            Log.TrustListNotClosed(_logger, _trustListId, e.StatusCode, e.Message);
        }
    }

    private Task<Variant[]> CallAsync(string name, NodeId ofType, IReadOnlyList<Variant> arguments, CancellationToken cancellationToken) =>
        _session.CallAsync(_trustListId, _members?.Method(name, ofType) ?? ofType, arguments, cancellationToken);
}
