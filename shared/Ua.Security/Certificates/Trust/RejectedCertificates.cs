using Microsoft.Extensions.Logging;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// Certificates that nobody has decided about (Part 12, Annex F.1: rejected). Bounded: the oldest goes first; a certificate
/// that comes again is young again. Keeping one never fails towards the connection that brought it.
/// </summary>
public sealed class RejectedCertificates : IDisposable
{
    public const int DefaultLimit = 100;

    private readonly string _root;
    private readonly string? _directory;
    private readonly TrustFolderLayout _layout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _limit;
    private readonly SemaphoreSlim _writing = new(1, 1);

    public RejectedCertificates(TrustFolder folder, TimeProvider time, ILogger<RejectedCertificates> logger, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        _root = folder.Paths.Root;
        _directory = folder.Paths.Rejected;
        _layout = folder.Layout;
        _time = time;
        _logger = logger;
        _limit = limit;
    }

    /// <summary>Writes the certificate unless it is there already; where the limit is passed, the oldest are deleted.</summary>
    public async Task KeepAsync(ApplicationCertificate certificate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (_directory is null || _limit == 0) return;
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteAsync(_directory, certificate, cancellationToken).ConfigureAwait(false);
            RemoveOldest(_directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PkiException)
        {
            Log.RejectedNotKept(_logger, e, certificate.Subject, certificate.Thumbprint, _directory);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task WriteAsync(string directory, ApplicationCertificate certificate, CancellationToken cancellationToken)
    {
        FolderDirectory.Create(_root, directory);
        var file = Path.Combine(directory, SafeFileName.ForCertificate(_layout.CertificateFile, certificate));
        if (File.Exists(file))
        {
            File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime);
            return;
        }

        await FilePlacement.WriteAsync(_layout, _root, file, CertificateFileContent.Of(certificate, _layout.CertificateEncoding), cancellationToken).ConfigureAwait(false);
        File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime);
        Log.RejectedKept(_logger, certificate.Subject, certificate.Thumbprint, file);
    }

    private void RemoveOldest(string directory)
    {
        var files = new DirectoryInfo(directory).EnumerateFiles().Where(f => !AtomicFile.IsTemporary(f.Name)).ToList();
        foreach (var old in files.OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Take(files.Count - _limit)) old.Delete();
    }
}
