using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>
/// A trust folder on disk (Part 12, Annex F.1, or another layout). Each question looks at the listing first and reads
/// again when it has changed, so that a file put there counts at the next connection attempt.
/// </summary>
public sealed partial class TrustFolder : ITrustListSource, IDisposable
{
    /// <summary>File times are this coarse at worst (FAT); younger than that, a listing does not prove that content is the same.</summary>
    private static readonly TimeSpan TimeGranularity = TimeSpan.FromSeconds(2);

    private readonly TrustFolderReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Reading? _last;
    private volatile Look? _lastLook;

    public TrustFolder(string root, TrustFolderLayout layout, TimeProvider time, ILogger<TrustFolder> logger)
    {
        Layout = layout;
        Paths = new TrustFolderPaths(root, layout);
        _reader = new TrustFolderReader(Paths);
        _time = time;
        _logger = logger;
    }

    public event Action? Changed;

    public TrustFolderLayout Layout { get; }

    public TrustFolderPaths Paths { get; }

    public ValueTask<TrustLists> CurrentAsync(CancellationToken cancellationToken = default) => SeenSinceAsync(null, cancellationToken);

    public async ValueTask<TrustLists> SeenSinceAsync(long? timestamp, CancellationToken cancellationToken = default)
    {
        if (_lastLook is { } last && last.Began > timestamp) return last.Lists;
        var began = _time.GetTimestamp();
        var lists = await LookAsync(cancellationToken).ConfigureAwait(false);
        _lastLook = new Look(began, lists);
        return lists;
    }

    /// <summary>Makes the directories that are missing; those with private keys for the owner only.</summary>
    public void CreateDirectories()
    {
        foreach (var directory in Paths.Lists) FolderDirectory.Create(Paths.Root, directory);
        if (Paths.Rejected is { } rejected) FolderDirectory.Create(Paths.Root, rejected);
        if (!Paths.HasOwn) return;
        FolderDirectory.CreateForKeys(Paths.Root, Paths.OwnPrivateKeys);
        FolderDirectory.Create(Paths.Root, Paths.OwnCertificates);
    }

    public void Dispose() => _reading.Dispose();

    private async ValueTask<TrustLists> LookAsync(CancellationToken cancellationToken)
    {
        if (_last is { IsSettled: true } settled && TrySignature(Paths.Lists) == settled.Signature) return settled.Lists;
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        bool changed;
        TrustLists lists;
        try
        {
            (lists, changed) = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }

        if (changed) Changed?.Invoke();
        return lists;
    }

    private async Task<(TrustLists Lists, bool Changed)> RefreshAsync(CancellationToken cancellationToken)
    {
        var last = _last;
        try
        {
            var signature = DirectorySignature.Of(Paths.Lists);
            if (last is { IsSettled: true } && last.Signature == signature) return (last.Lists, false);
            var (lists, digest) = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return Take(last, signature, digest, lists);
        }
        catch (Exception e) when (last is not null && e is IOException or UnauthorizedAccessException)
        {
            Log.FolderUnreadable(_logger, e, Paths.Root);
            return (last!.Lists, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UaException(StatusCodes.BadConfigurationError, $"The trust folder '{Paths.Root}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Keeps the old object where the content is the same, so that cached verdicts stay good.</summary>
    private (TrustLists, bool) Take(Reading? last, string signature, string digest, TrustLists lists)
    {
        var sameSince = last is not null && last.Signature == signature ? last.FirstSeen : _time.GetTimestamp();
        var settled = _time.GetElapsedTime(sameSince) >= TimeGranularity;
        if (last is not null && last.Digest == digest)
        {
            _last = last with { Signature = signature, FirstSeen = sameSince, IsSettled = settled };
            return (last.Lists, false);
        }

        _last = new Reading(lists, signature, digest, sameSince, settled);
        Log.FolderRead(_logger, Paths.Root, lists.TrustedCertificates.Length, lists.IssuerCertificates.Length, lists.TrustedCrls.Length + lists.IssuerCrls.Length, lists.Skipped.Length);
        foreach (var skipped in lists.Skipped) Log.FileSkipped(_logger, skipped.Path, skipped.Reason);
        return (lists, last is not null);
    }

    private static string? TrySignature(IEnumerable<string> directories)
    {
        try
        {
            return DirectorySignature.Of(directories);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // the slow path meets the same error and reports it
        }
    }

    /// <param name="Began">When it began, as a timestamp of the clock.</param>
    private sealed record Look(long Began, TrustLists Lists);

    /// <param name="FirstSeen">When this listing was seen first, as a timestamp of the clock.</param>
    /// <param name="IsSettled">The content was read long enough after the listing came to be, so that the listing alone tells about a change.</param>
    private sealed record Reading(TrustLists Lists, string Signature, string Digest, long FirstSeen, bool IsSettled);
}
