using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>A certificate group that lies in a trust folder of any layout.</summary>
public sealed class FolderCertificateGroup : ICertificateGroup
{
    private readonly TrustFolder _folder;
    private readonly Func<string?>? _password;
    private readonly OwnCertificateFiles _own;
    private readonly TrustFolderUpdate _update;

    /// <param name="facts">Its certificate types decide which of the own certificates in the folder are its slots.</param>
    /// <param name="folder">Lives longer than the group.</param>
    /// <param name="password">Gives the password under which the product wants its key file encrypted; null for none.</param>
    public FolderCertificateGroup(CertificateGroupFacts facts, TrustFolder folder, Func<string?>? password, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(folder);
        (Facts, _folder, _password) = (facts, folder, password);
        _own = new OwnCertificateFiles(folder, password, time, loggers.CreateLogger<OwnCertificateFiles>());
        _update = new TrustFolderUpdate(folder, time, loggers.CreateLogger<TrustFolderUpdate>());
    }

    private event Action? OwnChanged;

    public event Action? Changed
    {
        add
        {
            _folder.Changed += value;
            OwnChanged += value;
        }

        remove
        {
            _folder.Changed -= value;
            OwnChanged -= value;
        }
    }

    public CertificateGroupFacts Facts { get; }

    public async ValueTask<CertificateGroupState> ReadAsync(CancellationToken cancellationToken)
    {
        var lists = await _folder.CurrentAsync(cancellationToken).ConfigureAwait(false);
        var own = await _own.ReadAsync(cancellationToken).ConfigureAwait(false);
        var slots = from certificate in own
                    let type = CertificateTypes.TypeOf(certificate.Certificate.PublicKey, Facts.CertificateTypes)
                    where type is not null
                    select new CertificateSlot(type.Value, certificate.Certificate, certificate.Key);
        return new CertificateGroupState(lists, LastUpdateTime(), [.. slots]);
    }

    public async ValueTask<IReadOnlyList<ChangeProblem>> CheckAsync(CertificateGroupChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Slots.Count(s => s.Own is not null) > 1)
            return [new(StatusCodes.BadNotSupported, "A trust folder takes one new certificate at a time; apply the first before the second.")];
        var set = await SetOfAsync(change, cancellationToken).ConfigureAwait(false);
        return [.. _update.Check(set).Select(text => new ChangeProblem(StatusCodes.BadCertificateInvalid, text))];
    }

    public async Task<bool> ApplyAsync(CertificateGroupChange change, string update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        await _update.RecoverAsync(cancellationToken).ConfigureAwait(false);
        var set = await SetOfAsync(change, cancellationToken).ConfigureAwait(false);
        var changed = (await _update.ApplyAsync(set, update, cancellationToken).ConfigureAwait(false)).Changed;
        if (changed) OwnChanged?.Invoke();
        return changed;
    }

    public async Task UndoAsync(string update, CancellationToken cancellationToken)
    {
        if (await LastUpdateAsync(cancellationToken).ConfigureAwait(false) != update) return;
        await _update.RollbackAsync(cancellationToken).ConfigureAwait(false);
        OwnChanged?.Invoke();
    }

    public async Task<string?> LastUpdateAsync(CancellationToken cancellationToken)
    {
        await _update.RecoverAsync(cancellationToken).ConfigureAwait(false);
        return await _update.LastAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// An administrator's list counts as it is: what the validators make of an authority without a current revocation list is a
    /// matter of their options (Part 12, 7.8.2.5: suppressible errors are ignored).
    /// </summary>
    private async Task<TrustFolderSet> SetOfAsync(CertificateGroupChange change, CancellationToken cancellationToken)
    {
        var lists = change.TrustList ?? (await _folder.CurrentAsync(cancellationToken).ConfigureAwait(false)).ToSet().WithoutStrayCrls();
        var own = change.Slots.FirstOrDefault(s => s.Own is not null)?.Own;
        return new TrustFolderSet(lists.TrustedCertificates, lists.TrustedCrls, lists.IssuerCertificates, lists.IssuerCrls)
        {
            Own = own,
            RemovedOwn = await RemovedAsync(change, cancellationToken).ConfigureAwait(false),
            PrivateKeyPassword = change.Slots.Count == 0 ? null : _password?.Invoke(),
            LocalAuthorities = [.. lists.Certificates().Where(c => c.IsCertificateAuthority)],
        };
    }

    private async Task<IReadOnlyList<ApplicationCertificate>> RemovedAsync(CertificateGroupChange change, CancellationToken cancellationToken)
    {
        if (change.Slots.All(s => s.Own is not null)) return [];
        var state = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. state.Slots.Where(s => change.Slots.Any(c => c.Type == s.Type && c.Own is null)).Select(s => s.Certificate)];
    }

    /// <summary>When something was written into the lists last, by whichever hand.</summary>
    private DateTime LastUpdateTime()
    {
        var paths = _folder.Paths;
        return new[] { paths.TrustedCertificates, paths.TrustedCrls, paths.IssuerCertificates, paths.IssuerCrls }.OfType<string>().Distinct()
            .Select(p => new DirectoryInfo(p)).Where(d => d.Exists)
            .SelectMany(d => d.EnumerateFiles().Select(f => f.LastWriteTimeUtc).Append(d.LastWriteTimeUtc))
            .DefaultIfEmpty(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc))
            .Max();
    }
}
