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
    private readonly ApplicationConfiguration _application;
    private readonly StorePlace _place;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private TrustFolderUpdate _update;

    public GatewayStore(StorePlace place, ApplicationConfiguration application, TimeProvider time, ILoggerFactory loggers)
    {
        _application = application;
        _place = place;
        _time = time;
        _loggers = loggers;
        (Folder, _update) = Open(place.Layout.At(place.Path));
    }

    public string Name => _place.Store;

    public TrustFolder Folder { get; private set; }

    public string Path => Folder.Paths.Root;

    /// <summary>Whether a certificate and key of the application lie here.</summary>
    public bool HasOwn => Folder.Paths.HasOwn;

    public static IReadOnlyList<GatewayStore> Of(ApplicationConfiguration application, TimeProvider time, ILoggerFactory loggers) =>
        [.. application.Stores().Select(s => new GatewayStore(s, application, time, loggers))];

    /// <summary>Completes or drops a change that a kill interrupted, and looks whether the product has begun to keep other lists.</summary>
    public async Task<RecoveryOutcome> RecoverAsync(CancellationToken cancellationToken)
    {
        var layout = _place.Layout.At(_place.Path);
        if (layout.Trusted != Folder.Layout.Trusted)
        {
            Folder.Dispose();
            (Folder, _update) = Open(layout);
        }

        return await GuardAsync(() => _update.RecoverAsync(cancellationToken));
    }

    /// <summary>The lists in the folder, without the application's own certificate where it lies among them.</summary>
    public async Task<TrustSet> ReadAsync(CancellationToken cancellationToken)
    {
        var set = TrustSet.Of(await GuardAsync(() => Folder.CurrentAsync(cancellationToken).AsTask()));
        return Without(set, await OwnAmongTrustedAsync(cancellationToken));
    }

    /// <summary>The set as it reads when it lies in this folder.</summary>
    public async Task<TrustSet> FitAsync(TrustSet set, CancellationToken cancellationToken)
    {
        var fitted = Whole(set).FittedTo(Folder.Layout);
        var held = set with { TrustedCertificates = [.. fitted.TrustedCertificates], TrustedCrls = [.. fitted.TrustedCrls], IssuerCertificates = [.. fitted.IssuerCertificates], IssuerCrls = [.. fitted.IssuerCrls] };
        return Without(held, await OwnAmongTrustedAsync(cancellationToken));
    }

    /// <summary>What of a set this folder cannot hold, in sentences.</summary>
    public IReadOnlyList<string> Withheld(TrustSet set) => Whole(set).Withheld(Folder.Layout);

    /// <summary>The name of the change that brought the present set; null where there was none.</summary>
    public Task<string?> LastUpdateAsync(CancellationToken cancellationToken) => GuardAsync(() => _update.LastAsync(cancellationToken));

    /// <summary>Every file of the trusted, issuer and rejected parts, without the application's own certificate.</summary>
    public async Task<IReadOnlyList<TrustFolderEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var own = await OwnAmongTrustedAsync(cancellationToken);
        var entries = await GuardAsync(() => Folder.ListAsync(cancellationToken));
        return own.Count == 0 ? entries : [.. entries.Where(e => e.Place != TrustFolderPlace.Trusted || e.Certificate is not { } c || !own.Contains(c))];
    }

    /// <summary>The certificate and key that the gateway uses; or why there are none that can be used.</summary>
    public async Task<(IdentityCertificate? Own, string? Problem)> ReadOwnAsync(CancellationToken cancellationToken)
    {
        if (!HasOwn || !HasOwnFiles()) return (null, null);
        var options = new ApplicationIdentityOptions { CreateIfMissing = false, ApplicationUri = _application.ApplicationUri, PrivateKeyPassword = _ => _application.PrivateKeyPassword() };
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
    /// <param name="update">The name of the change, by which <see cref="LastUpdateAsync"/> tells after a kill whether it is in place; null makes one.</param>
    public async Task<bool> ApplyAsync(TrustSet set, IdentityCertificate? own, string? update, CancellationToken cancellationToken)
    {
        var needsPassword = own is not null || Folder.Layout.OwnAmongTrusted;
        var whole = Whole(set) with { Own = own, PrivateKeyPassword = needsPassword ? _application.PrivateKeyPassword() : null };
        return (await GuardAsync(() => _update.ApplyAsync(whole, update, cancellationToken))).Changed;
    }

    /// <summary>Back to the set before the last change.</summary>
    public Task RollbackAsync(CancellationToken cancellationToken) => GuardAsync(() => _update.RollbackAsync(cancellationToken));

    public void Dispose() => Folder.Dispose();

    private (TrustFolder, TrustFolderUpdate) Open(TrustFolderLayout layout)
    {
        var folder = new TrustFolder(_place.Path, layout, _time, _loggers.CreateLogger<TrustFolder>());
        return (folder, new TrustFolderUpdate(folder, _time, _loggers.CreateLogger<TrustFolderUpdate>()));
    }

    /// <summary>Files of the application's own; where its certificate lies among the trusted ones, its key tells.</summary>
    private bool HasOwnFiles()
    {
        var own = Folder.Layout.Own!;
        if (own.PrivateKeyFormat == PrivateKeyFormat.Keystore) return File.Exists(System.IO.Path.Combine(Folder.Paths.OwnPrivateKeys, own.PrivateKeyFile));
        var tells = Folder.Layout.OwnAmongTrusted ? Folder.Paths.OwnPrivateKeys : Folder.Paths.OwnCertificates;
        return Directory.Exists(tells) && Directory.EnumerateFiles(tells).Any();
    }

    private Task<IReadOnlyList<ApplicationCertificate>> OwnAmongTrustedAsync(CancellationToken cancellationToken) => Folder.Layout.OwnAmongTrusted
        ? GuardAsync(() => _update.OwnAmongTrustedAsync(_application.PrivateKeyPassword(), cancellationToken))
        : Task.FromResult<IReadOnlyList<ApplicationCertificate>>([]);

    private static TrustSet Without(TrustSet set, IReadOnlyList<ApplicationCertificate> own) =>
        own.Count == 0 ? set : set with { TrustedCertificates = [.. set.TrustedCertificates.Where(c => !own.Contains(c))] };

    private static TrustFolderSet Whole(TrustSet set) =>
        new(set.TrustedCertificates, set.TrustedCrls, set.IssuerCertificates, set.IssuerCrls) { LocalAuthorities = set.LocalAuthorities };

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
