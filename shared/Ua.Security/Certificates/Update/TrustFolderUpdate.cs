using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>How an interrupted update was found.</summary>
public enum RecoveryOutcome
{
    /// <summary>There was none.</summary>
    NothingToDo,

    /// <summary>It had been decided, and is now complete.</summary>
    Completed,

    /// <summary>It had only been prepared; the folder had not been touched and the preparation is gone.</summary>
    Dropped,
}

/// <summary>What an update did.</summary>
/// <param name="Changed">False where the folder had this content already.</param>
/// <param name="Mode">How it was done here.</param>
/// <param name="Directories">What was replaced, in order, relative to the store.</param>
public sealed record TrustFolderChange(string Update, bool Changed, ReplaceMode Mode, IReadOnlyList<string> Directories);

/// <summary>
/// Replaces the content of a trust folder by a whole new set. The set is checked before the disk is touched, staged beside
/// its target, written down in a journal, then swapped: issuers, trusted, own certificate and key last. The old set is kept.
/// </summary>
/// <remarks>
/// What holds at every instant, also after a kill. By directories: each of "issuer", "trusted" and "own" is wholly the old
/// or wholly the new one, with its certificates and revocation lists or its certificate and key together; between the three
/// exchanges a reader can see new issuers with the old trusted list. By files (products that hold on to watched directories,
/// systems that cannot exchange): every file is whole, new files come before old ones go, revocation lists come first and go
/// last. In both, once the journal is written <see cref="RecoverAsync"/> completes the new set; before, it leaves the old one.
/// </remarks>
public sealed class TrustFolderUpdate
{
    private readonly TrustFolder _folder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Workshop _workshop;
    private readonly Swap _swap;

    public TrustFolderUpdate(TrustFolder folder, TimeProvider time, ILogger<TrustFolderUpdate> logger)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
        _time = time;
        _logger = logger;
        _workshop = new Workshop(folder.Paths.Root);
        _swap = new Swap(folder.Paths.Root, _workshop);
    }

    /// <summary>Whether there is an old set to go back to.</summary>
    public bool CanRollBack => Directory.Exists(_workshop.Previous);

    /// <summary>The name of the update that brought the present set; null where there was none.</summary>
    public async Task<string?> LastAsync(CancellationToken cancellationToken = default) =>
        (await LastUpdate.ReadAsync(_workshop.Last, cancellationToken).ConfigureAwait(false))?.Update;

    /// <summary>Certificates among the trusted ones that are the application's own, where the layout keeps both in one directory.</summary>
    public async Task<IReadOnlyList<ApplicationCertificate>> OwnAmongTrustedAsync(string? password, CancellationToken cancellationToken = default)
    {
        if (!_folder.Layout.OwnAmongTrusted) return [];
        var found = await new OwnFilesSearch(_folder).FindAmongTrustedAsync(password, cancellationToken).ConfigureAwait(false);
        return [.. found.Certificates.SelectMany(f => f.Certificates)];
    }

    /// <summary>What speaks against a set, one sentence each; empty where it may be applied.</summary>
    public IReadOnlyList<string> Check(TrustFolderSet set) => TrustFolderSetCheck.Problems(set, _time.GetUtcNow());

    /// <inheritdoc cref="ApplyAsync(TrustFolderSet, string?, CancellationToken)"/>
    public Task<TrustFolderChange> ApplyAsync(TrustFolderSet set, CancellationToken cancellationToken = default) => ApplyAsync(set, update: null, cancellationToken);

    /// <summary>Applies a set. Throws Bad_CertificateInvalid with every problem, and the folder untouched, where it is not sound.</summary>
    /// <param name="update">A name for the update, by which <see cref="LastAsync"/> tells after a kill whether it is in place; null makes one.</param>
    public async Task<TrustFolderChange> ApplyAsync(TrustFolderSet set, string? update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        var problems = Check(set);
        if (problems.Count > 0) throw new UaException(StatusCodes.BadCertificateInvalid, $"The new set for '{_folder.Paths.Root}' is not sound: {string.Join(" ", problems)}");

        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        var tree = new StagedTree(_folder.Paths.Root, _workshop.Next);
        await StageAsync(tree, set, cancellationToken).ConfigureAwait(false);
        var change = await CommitAsync(update ?? NewName(), withOwn: ChangesOwn(set), cancellationToken).ConfigureAwait(false);
        if (change.Changed) Log.FolderReplaced(_logger, _folder.Paths.Root, change.Update, string.Join(", ", change.Directories));
        return change;
    }

    /// <summary>Brings the set back that the last update replaced; a second call brings the newer one again. Throws Bad_NothingToDo where there is none.</summary>
    public async Task<TrustFolderChange> RollbackAsync(CancellationToken cancellationToken = default)
    {
        using var entered = await EnterAsync(cancellationToken).ConfigureAwait(false);
        if (!CanRollBack) throw new UaException(StatusCodes.BadNothingToDo, $"There is no earlier set of '{_folder.Paths.Root}' to go back to.");
        var last = await LastUpdate.ReadAsync(_workshop.Last, cancellationToken).ConfigureAwait(false);
        var withOwn = last?.WithOwn ?? SwapUnits.OfOwn(_folder.Layout).All(u => Directory.Exists(TrustFolderPaths.Join(_workshop.Previous, u.Path)));
        var copy = new StagedTree(_workshop.Previous, _workshop.Next);
        foreach (var unit in SwapUnits.Of(_folder.Layout, withOwn)) await copy.CarryOverAsync(unit, _ => false, cancellationToken).ConfigureAwait(false);
        var change = await CommitAsync(NewName(), withOwn, cancellationToken).ConfigureAwait(false);
        Log.FolderRolledBack(_logger, _folder.Paths.Root);
        return change;
    }

    /// <summary>Where own and trusted certificates share a directory, the own ones stay there when only lists change.</summary>
    private async Task StageAsync(StagedTree tree, TrustFolderSet set, CancellationToken cancellationToken)
    {
        var layout = _folder.Layout;
        var own = ChangesOwn(set) ? new OwnStaging(_folder, tree, set) : null;
        if (layout.Own?.PrivateKeyFormat == PrivateKeyFormat.Keystore)
        {
            await new ListStaging(_folder, tree, []).StageAsync(set, cancellationToken).ConfigureAwait(false);
            if (own is not null) await own.StageKeystoreAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var search = new OwnFilesSearch(_folder);
        var found = layout.OwnAmongTrusted ? await search.FindAmongTrustedAsync(set.PrivateKeyPassword, cancellationToken).ConfigureAwait(false)
            : own is not null ? await search.FindAsync(set.PrivateKeyPassword, cancellationToken).ConfigureAwait(false)
            : new OwnFilesOnDisk([], [], []);
        var replaced = own?.Replaced(found);
        await new ListStaging(_folder, tree, [.. found.Certificates.Select(f => f.Path).Except(replaced?.Files ?? [])]).StageAsync(set, cancellationToken).ConfigureAwait(false);
        if (replaced is not null) await own!.StageAsync(replaced, cancellationToken).ConfigureAwait(false);
    }

    private static bool ChangesOwn(TrustFolderSet set) => set.Own is not null || set.RemovedOwn.Count > 0;

    private string NewName() => $"{_time.GetUtcNow():yyyyMMddTHHmmssZ}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";

    /// <summary>Repairs what a kill or a power cut left: to be called once at start, before the folder is used.</summary>
    public async Task<RecoveryOutcome> RecoverAsync(CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(_workshop.Root)) return RecoveryOutcome.NothingToDo;
        using var entered = await _workshop.EnterAsync(_time, cancellationToken).ConfigureAwait(false);
        return await RecoverInsideAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        _folder.CreateDirectories();
        var entered = await _workshop.EnterAsync(_time, cancellationToken).ConfigureAwait(false);
        try
        {
            await RecoverInsideAsync(cancellationToken).ConfigureAwait(false);
            return entered;
        }
        catch
        {
            entered.Dispose();
            throw;
        }
    }

    private async Task<RecoveryOutcome> RecoverInsideAsync(CancellationToken cancellationToken)
    {
        var outcome = Directory.Exists(_workshop.Next) || Directory.Exists(_workshop.Old) ? RecoveryOutcome.Dropped : RecoveryOutcome.NothingToDo;
        if (await SwapJournal.ReadAsync(_workshop.Journal, cancellationToken).ConfigureAwait(false) is { } journal)
        {
            await _swap.RunAsync(journal, cancellationToken).ConfigureAwait(false);
            outcome = RecoveryOutcome.Completed;
        }

        _workshop.Sweep();
        if (outcome != RecoveryOutcome.NothingToDo) Log.UpdateRecovered(_logger, _folder.Paths.Root, outcome == RecoveryOutcome.Completed ? "completed" : "dropped, nothing had been touched");
        return outcome;
    }

    /// <summary>From here on there is no way back but forward, so that cancellation does not count any more once the journal is written.</summary>
    private async Task<TrustFolderChange> CommitAsync(string update, bool withOwn, CancellationToken cancellationToken)
    {
        var plan = new SwapPlan(_folder, _workshop, withOwn);
        var journal = await plan.DecideAsync(update, cancellationToken).ConfigureAwait(false);
        if (journal is null)
        {
            _workshop.Sweep();
            return new TrustFolderChange(update, Changed: false, plan.Mode, []);
        }

        await journal.WriteAsync(_workshop.Journal, cancellationToken).ConfigureAwait(false);
        await _swap.RunAsync(journal, CancellationToken.None).ConfigureAwait(false);
        await _folder.CurrentAsync(CancellationToken.None).ConfigureAwait(false);
        return new TrustFolderChange(update, Changed: true, plan.Mode, [.. journal.Paths]);
    }
}
