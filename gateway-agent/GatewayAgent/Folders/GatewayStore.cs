using GatewayAgent.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Folders;

/// <summary>One trust folder of a managed application: what lies in it, and how a new set gets there.</summary>
internal sealed class GatewayStore : IDisposable
{
    private readonly Func<string?> _password;
    private readonly TimeProvider _time;
    private readonly TrustFolderUpdate _update;

    public GatewayStore(string name, string path, string preset, Func<string?> password, TimeProvider time, ILoggerFactory loggers)
    {
        Name = name;
        _password = password;
        _time = time;
        Folder = new TrustFolder(path, TrustFolderLayouts.Find(preset), time, loggers.CreateLogger<TrustFolder>());
        _update = new TrustFolderUpdate(Folder, time, loggers.CreateLogger<TrustFolderUpdate>());
    }

    public string Name { get; }

    public TrustFolder Folder { get; }

    public string Path => Folder.Paths.Root;

    public static IReadOnlyList<GatewayStore> Of(ApplicationConfiguration application, TimeProvider time, ILoggerFactory loggers) =>
        [.. application.Stores().Select(s => new GatewayStore(s.Store, s.Path, application.Preset, application.PrivateKeyPassword, time, loggers))];

    /// <summary>Completes or drops a change that a kill interrupted.</summary>
    public Task<RecoveryOutcome> RecoverAsync(CancellationToken cancellationToken) => GuardAsync(() => _update.RecoverAsync(cancellationToken));

    public async Task<TrustSet> ReadAsync(CancellationToken cancellationToken) => TrustSet.Of(await GuardAsync(() => Folder.CurrentAsync(cancellationToken).AsTask()));

    /// <summary>Every file of the trusted, issuer and rejected parts.</summary>
    public Task<IReadOnlyList<TrustFolderEntry>> ListAsync(CancellationToken cancellationToken) => GuardAsync(() => Folder.ListAsync(cancellationToken));

    /// <summary>The certificate and key that the gateway uses; or why there are none that can be used.</summary>
    public async Task<(IdentityCertificate? Own, string? Problem)> ReadOwnAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Folder.Paths.OwnCertificates) || !Directory.EnumerateFiles(Folder.Paths.OwnCertificates).Any()) return (null, null);
        var options = new ApplicationIdentityOptions { CreateIfMissing = false, PrivateKeyPassword = _ => _password() };
        using var identity = new FolderApplicationIdentity(Folder, options, _time, NullLogger<FolderApplicationIdentity>.Instance);
        try
        {
            return ((await identity.OpenAsync(cancellationToken)).Primary, null);
        }
        catch (Exception e) when (e is UaException or PkiException)
        {
            return (null, $"certificate and key in the folder cannot be used ({e.Message})");
        }
    }

    /// <summary>Puts a set in the place of the present one, at once or not at all.</summary>
    /// <returns>False where the folder held exactly this already.</returns>
    public async Task<bool> ApplyAsync(TrustSet set, IdentityCertificate? own, CancellationToken cancellationToken)
    {
        var whole = new TrustFolderSet(set.TrustedCertificates, set.TrustedCrls, set.IssuerCertificates, set.IssuerCrls)
        {
            Own = own,
            PrivateKeyPassword = own is null ? null : _password(),
            LocalAuthorities = set.LocalAuthorities,
        };
        return (await GuardAsync(() => _update.ApplyAsync(whole, cancellationToken))).Changed;
    }

    /// <summary>Back to the set before the last change.</summary>
    public Task RollbackAsync(CancellationToken cancellationToken) => GuardAsync(() => _update.RollbackAsync(cancellationToken));

    public void Dispose() => Folder.Dispose();

    private async Task<T> GuardAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (UaException e)
        {
            throw new AgentProblem(ProblemKind.Refused, $"Trust folder '{Path}': {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PkiException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"Trust folder '{Path}' cannot be used: {e.Message} The agent needs the rights to read and write it.", e);
        }
    }
}
