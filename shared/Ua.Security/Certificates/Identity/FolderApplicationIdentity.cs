using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>
/// The own certificate and key as they lie in a trust folder. Made at the first start; read again when the files change. A
/// new pair counts only if key and certificate belong together, otherwise the one in memory stays in force, loudly.
/// </summary>
public sealed class FolderApplicationIdentity : IApplicationIdentitySource, IDisposable
{
    private readonly TrustFolder _folder;
    private readonly ApplicationIdentityOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OwnCertificateReader _reader;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile ApplicationIdentity? _current;
    private string? _signature;

    public FolderApplicationIdentity(TrustFolder folder, ApplicationIdentityOptions options, TimeProvider time, ILogger<FolderApplicationIdentity> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _folder = folder;
        _options = options;
        _time = time;
        _logger = logger;
        _reader = new OwnCertificateReader(folder, options, time, logger);
    }

    public event Action? Changed;

    public ApplicationIdentity Current => _current ?? throw new InvalidOperationException("The application identity has not been opened yet: call OpenAsync at start.");

    /// <summary>Why the files on disk do not count now; null while they do. For a health report.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the files, or makes them where there are none. Throws where there are some that cannot be used: nothing is overwritten.</summary>
    public async Task<ApplicationIdentity> OpenAsync(CancellationToken cancellationToken = default)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return Current;
    }

    /// <summary>Looks whether the files have changed, and takes them if they are sound.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        bool changed;
        try
        {
            changed = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }

        if (changed) Changed?.Invoke();
    }

    /// <summary>Keeps <see cref="Current"/> in step with the files, until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var watch = new FolderWatch(Directories, TrustFolder.WatchInterval, _time, _logger);
        try
        {
            while (true)
            {
                await watch.NextAsync(cancellationToken).ConfigureAwait(false);
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    public void Dispose() => _reading.Dispose();

    private string[] Directories => [_folder.Paths.OwnCertificates, _folder.Paths.OwnPrivateKeys];

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var signature = DirectorySignature.Of(Directories);
            if (_current is not null && signature == _signature) return false;
            var read = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _signature = signature;
            if (read.Count > 0) return Take(new ApplicationIdentity(read));
            if (_current is not null) return Keep("its files are gone");
            return Take(await CreateAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is PkiException or IOException or UnauthorizedAccessException)
        {
            return _current is not null
                ? Keep(e.Message)
                : throw new UaException(StatusCodes.BadConfigurationError, $"The own certificate in '{_folder.Paths.Root}' cannot be used: {e.Message}.", e);
        }
    }

    private async Task<ApplicationIdentity> CreateAsync(CancellationToken cancellationToken)
    {
        if (!_options.CreateIfMissing) throw new PkiException("there is none, and none is to be made");
        var own = await FirstCertificate.CreateAsync(_folder, _options, _time, cancellationToken).ConfigureAwait(false);
        _signature = DirectorySignature.Of(Directories);
        var identity = new ApplicationIdentity(own);
        Log.FirstCertificateMade(_logger, _folder.Paths.OwnCertificates, identity.ApplicationUri);
        return identity;
    }

    private bool Take(ApplicationIdentity identity)
    {
        Problem = null;
        var before = _current;
        if (before is not null && Same(before, identity)) return false;
        _current = identity;
        foreach (var own in identity.Certificates)
        {
            var certificate = own.Certificate;
            Log.OwnCertificateLoaded(_logger, certificate.Subject, certificate.Thumbprint, own.Kind.ToString(), certificate.NotAfter, certificate.ApplicationUri);
        }

        return before is not null;
    }

    private bool Keep(string reason)
    {
        if (Problem != reason) Log.OwnCertificateUnusable(_logger, _folder.Paths.OwnCertificates, reason);
        Problem = reason;
        _signature = null; // looked at again at the next tick, whatever the listing says
        return false;
    }

    private static bool Same(ApplicationIdentity a, ApplicationIdentity b) =>
        a.Certificates.Select(c => c.ChainBytes).SequenceEqual(b.Certificates.Select(c => c.ChainBytes), ByteArrays.Instance);

    private sealed class ByteArrays : IEqualityComparer<byte[]>
    {
        public static ByteArrays Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
