using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pki;

namespace Gds.Authority;

/// <summary>
/// The authorities on disk, a folder for each certificate group, and the ones that are open. Creation survives a kill at any instant:
/// the key is written first and the certificate last, and no authority is given out before both are durable.
/// </summary>
public sealed class CaKeyStore : IDisposable
{
    private const string LockName = ".lock";

    private readonly AuthorityOptions _options;
    private readonly IKeyProtection _protection;
    private readonly TimeProvider _time;
    private readonly ILogger<CaKeyStore> _log;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, CertificateAuthority> _open = new(StringComparer.OrdinalIgnoreCase);

    public CaKeyStore(IOptions<AuthorityOptions> options, IKeyProtection protection, TimeProvider time, ILogger<CaKeyStore> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _protection = protection;
        _time = time;
        _log = log;
    }

    /// <summary>The groups that have an authority, in alphabetical order.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(_options.Folder)
        ? [.. Directory.EnumerateDirectories(_options.Folder).Where(d => new CaFolder(d).HasCertificate).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Opens the authority of a group; the same object each time. Throws when there is none.</summary>
    public Task<CertificateAuthority> OpenAsync(string group, CancellationToken cancellationToken = default) => GetAsync(group, mayCreate: false, cancellationToken);

    /// <summary>Opens the authority of a group, making it first where there is none.</summary>
    public Task<CertificateAuthority> OpenOrCreateAsync(string group, CancellationToken cancellationToken = default) => GetAsync(group, mayCreate: true, cancellationToken);

    public void Dispose()
    {
        foreach (var authority in _open.Values) authority.Dispose();
        _open.Clear();
        _one.Dispose();
    }

    private async Task<CertificateAuthority> GetAsync(string group, bool mayCreate, CancellationToken cancellationToken)
    {
        GroupName.Checked(group);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_open.TryGetValue(group, out var open)) return open;
            var authority = await LoadAsync(group, mayCreate, cancellationToken);
            _open.Add(group, authority);
            return authority;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<CertificateAuthority> LoadAsync(string group, bool mayCreate, CancellationToken cancellationToken)
    {
        var folder = FolderOf(group);
        if (folder.HasCertificate) return await OpenFolderAsync(group, folder, cancellationToken);
        if (!mayCreate) throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The certificate group '{group}' has no certificate authority in '{_options.Folder}'.");

        OwnerOnlyDirectory.Create(_options.Folder);
        using (Lock())
        {
            if (!folder.HasCertificate) await CreateFolderAsync(group, folder, cancellationToken);
        }

        return await OpenFolderAsync(group, folder, cancellationToken);
    }

    /// <summary>A key without a certificate is what an interrupted creation left: nothing can have been issued with it, so it is used to finish.</summary>
    private async Task CreateFolderAsync(string group, CaFolder folder, CancellationToken cancellationToken)
    {
        var subject = Subject(group);
        var secret = await _protection.GetSecretAsync(mayCreate: !AnyKey(), cancellationToken);
        folder.Create();
        if (folder.HasKey) Log.CreationResumed(_log, group);
        using var key = folder.HasKey ? await folder.ReadKeyAsync(secret, _protection, cancellationToken) : KeyPair.Create(_options.CaKeyKind);
        if (!folder.HasKey) await folder.WriteKeyAsync(key, secret, cancellationToken);
        var certificate = CertificateAuthority.SelfSign(key, subject, _options.CaLifetime, _time);
        await folder.WriteCertificateAsync(certificate, cancellationToken);
        await AtomicFile.FlushDirectoryAsync(_options.Folder, cancellationToken);
        Log.AuthorityCreated(_log, group, certificate.Subject, certificate.Sha256);
    }

    private async Task<CertificateAuthority> OpenFolderAsync(string group, CaFolder folder, CancellationToken cancellationToken)
    {
        if (!folder.HasKey)
        {
            throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The certificate authority of the group '{group}' has a certificate but no private key ('{folder.KeyFile}' is missing). Put the file back.");
        }

        var certificate = await folder.ReadCertificateAsync(cancellationToken);
        var secret = await _protection.GetSecretAsync(mayCreate: false, cancellationToken);
        var key = await folder.ReadKeyAsync(secret, _protection, cancellationToken);
        if (Unfit(certificate, key) is { } reason)
        {
            key.Dispose();
            throw new AuthorityException(AuthorityFault.KeyUnavailable, $"The certificate '{folder.CertificateFile}' of the certificate authority {reason}.");
        }

        Log.AuthorityOpened(_log, group, certificate.Subject, certificate.NotAfter);
        return new CertificateAuthority(group, certificate, key, _time);
    }

    private static string? Unfit(ApplicationCertificate certificate, KeyPair key)
    {
        if (!key.Matches(certificate.PublicKey)) return "does not belong to the private key beside it";
        if (!certificate.IsCertificateAuthority) return "is not that of an authority (basicConstraints)";
        if (certificate.KeyUsages is not { } usages || (usages & CertificateUsages.Authority) != CertificateUsages.Authority) return "may not sign certificates and lists (keyUsage)";
        return certificate.SubjectKeyIdentifier is null ? "has no subject key identifier" : null;
    }

    /// <summary>One spelling for each group, also where the file system tells upper from lower case.</summary>
    private CaFolder FolderOf(string group)
    {
        var existing = Directory.Exists(_options.Folder)
            ? Directory.EnumerateDirectories(_options.Folder).FirstOrDefault(d => string.Equals(Path.GetFileName(d), group, StringComparison.OrdinalIgnoreCase))
            : null;
        return new CaFolder(existing ?? Path.Combine(_options.Folder, group));
    }

    private bool AnyKey() => Directory.EnumerateDirectories(_options.Folder).Any(d => new CaFolder(d).HasKey);

    private X500DistinguishedName Subject(string group)
    {
        try
        {
            return _options.SubjectOf(group);
        }
        catch (PkiException e)
        {
            throw new AuthorityException(AuthorityFault.InvalidRequest, $"{nameof(AuthorityOptions.CaSubjectName)} gives no usable name for the group '{group}': {e.Message}", e);
        }
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Combine(_options.Folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new AuthorityException(AuthorityFault.KeyUnavailable, $"Another process is creating a certificate authority in '{_options.Folder}': {e.Message}", e);
        }
    }
}
