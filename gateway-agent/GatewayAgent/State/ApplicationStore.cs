using System.Security.Cryptography;
using System.Text;
using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.State;

/// <summary>The state folder of one application: its record, the keys of its requests, the bytes of its trust list.</summary>
internal sealed class ApplicationStore : IDisposable
{
    private const string UnsentFile = "findings.json";

    private readonly string _file;
    private readonly RemovedFiles _removed;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private ApplicationState? _state;

    public ApplicationStore(string folder, string applicationUri)
    {
        ApplicationUri = applicationUri;
        Folder = Path.Combine(folder, FolderName(applicationUri));
        _file = Path.Combine(Folder, "application.json");
        _removed = new RemovedFiles(Path.Combine(Folder, "removed"));
    }

    public string ApplicationUri { get; }

    /// <summary>Held while a trust folder of the application is changed; outlives a change of its configuration.</summary>
    public SemaphoreSlim FolderChanging { get; } = new(1, 1);

    /// <summary>How often something was pushed since the process began. Changes only while <see cref="FolderChanging"/> is held.</summary>
    public int Pushes { get; set; }

    public string Folder { get; }

    /// <summary>The record as it stands on disk.</summary>
    public async Task<ApplicationState> ReadAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            return await CurrentAsync(cancellationToken);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Changes the record; once this returns, the change survives a kill.</summary>
    public async Task<ApplicationState> ChangeAsync(Func<ApplicationState, ApplicationState> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            var next = change(await CurrentAsync(cancellationToken));
            OwnerOnlyDirectory.Create(Folder);
            await StateFiles.WriteAsync(_file, next, cancellationToken);
            return _state = next;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Writes a private key for its owner only and gives the name of its file.</summary>
    public async Task<string> KeepKeyAsync(KeyPair key, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(Folder);
        var name = $"request-{Convert.ToHexStringLower(key.PublicKey.KeyIdentifier)[..16]}.key.pem";
        await AtomicFile.WriteTextAsync(Path.Combine(Folder, name), key.ExportPem(), FileProtection.OwnerOnly, cancellationToken);
        return name;
    }

    /// <summary>The private key of a request; null where its file is gone or damaged, so that the request has to be made anew.</summary>
    public async Task<KeyPair?> FindKeyAsync(PendingRequest request, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Folder, Path.GetFileName(request.KeyFile));
        if (!File.Exists(file)) return null;
        try
        {
            return KeyPair.ImportPem(await File.ReadAllTextAsync(file, cancellationToken));
        }
        catch (PkiException)
        {
            return null;
        }
    }

    /// <summary>Writes the bytes of a trust list under the name of their hash.</summary>
    public async Task<string> KeepTrustListAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(Folder);
        var name = $"trustlist-{Convert.ToHexStringLower(SHA256.HashData(content.Span))[..32]}.bin";
        await AtomicFile.WriteAsync(Path.Combine(Folder, name), content, FileProtection.OwnerOnly, cancellationToken);
        return name;
    }

    /// <summary>The bytes of a kept trust list; null where the file is gone or is not what its name says.</summary>
    public async Task<byte[]?> FindTrustListAsync(TrustListState? list, CancellationToken cancellationToken)
    {
        if (list is null) return null;
        var file = Path.Combine(Folder, Path.GetFileName(list.File));
        if (!File.Exists(file)) return null;
        var content = await File.ReadAllBytesAsync(file, cancellationToken);
        return list.File == $"trustlist-{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}.bin" ? content : null;
    }

    /// <summary>Keeps a certificate that is about to be removed from a trust folder.</summary>
    public async Task KeepRemovedAsync(string store, TrustFolderPlace place, ApplicationCertificate certificate, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(Folder);
        await _removed.KeepAsync(store, place, certificate, cancellationToken);
    }

    /// <summary>Certificates that were removed from the trust folders.</summary>
    public Task<IReadOnlyList<RemovedCertificate>> RemovedAsync(CancellationToken cancellationToken) => _removed.ReadAsync(cancellationToken);

    /// <summary>Findings that wait for the GDS.</summary>
    public async Task<UnsentFindings> ReadUnsentAsync(CancellationToken cancellationToken) =>
        await StateFiles.ReadAsync<UnsentFindings>(Path.Combine(Folder, UnsentFile), cancellationToken) ?? UnsentFindings.None;

    public Task WriteUnsentAsync(UnsentFindings unsent, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(Folder);
        return StateFiles.WriteAsync(Path.Combine(Folder, UnsentFile), unsent, cancellationToken);
    }

    /// <summary>Deletes keys and lists that the record no longer names.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var state = await ReadAsync(cancellationToken);
        if (!Directory.Exists(Folder)) return;
        string?[] needed = [state.Pending?.KeyFile, state.TrustList?.File, state.NextTrustList?.File];
        var files = Directory.EnumerateFiles(Folder, "request-*.key.pem").Concat(Directory.EnumerateFiles(Folder, "trustlist-*.bin"));
        foreach (var file in files.Where(f => !needed.Contains(Path.GetFileName(f))).ToList()) await AtomicFile.DeleteAsync(file, cancellationToken);
        AtomicFile.RemoveLeftovers(Folder);
    }

    public void Dispose()
    {
        _changing.Dispose();
        FolderChanging.Dispose();
    }

    private async Task<ApplicationState> CurrentAsync(CancellationToken cancellationToken) =>
        _state ??= await StateFiles.ReadAsync<ApplicationState>(_file, cancellationToken) ?? ApplicationState.For(ApplicationUri);

    /// <summary>Readable, safe on every file system, and different for different URIs.</summary>
    private static string FolderName(string uri)
    {
        var clean = SafeFileName.Clean(uri.StartsWith("urn:", StringComparison.Ordinal) ? uri[4..] : uri);
        return $"{clean[..Math.Min(clean.Length, 48)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri)))[..8]}";
    }
}
