using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>Applies the changes of a transaction to all groups, or to none (Part 12, 7.10.9).</summary>
internal sealed class ChangeExecution(ChangeJournal journal, PendingKeys pendingKeys, CertificateReview review, ILogger<ChangeExecution> log)
{
    /// <summary>What may go wrong with files and certificates; anything else is a fault of the program.</summary>
    public static bool IsExpected(Exception e) => e is UaException or PkiException or IOException or UnauthorizedAccessException;

    /// <summary>Empty where everything was applied; else everything is as before.</summary>
    public async Task<IReadOnlyList<TransactionErrorType>> RunAsync(IReadOnlyCollection<KeyValuePair<GroupObject, CertificateGroupChange>> changes, CancellationToken cancellationToken)
    {
        List<TransactionErrorType> errors = [];
        foreach (var (group, change) in changes) errors.AddRange(await CheckAsync(group, change, cancellationToken).ConfigureAwait(false));
        if (errors.Count > 0) return errors;
        if (changes.Count == 0) return [];

        // From the journal on there is no way back but by undoing, so that the end of the caller does not count any more.
        var file = await journal.BeginAsync(changes, cancellationToken).ConfigureAwait(false);
        TransactionErrorType? error;
        try
        {
            error = await ApplyAsync(changes, ChangeJournal.UpdateOf(file)).ConfigureAwait(false);
        }
        finally
        {
            await journal.EndAsync(file).ConfigureAwait(false);
        }

        if (error is not null) return [error];
        await DropPendingKeysAsync(changes).ConfigureAwait(false);
        return [];
    }

    private async Task<IReadOnlyList<TransactionErrorType>> CheckAsync(GroupObject group, CertificateGroupChange change, CancellationToken cancellationToken)
    {
        List<ChangeProblem> problems = [];
        try
        {
            var state = await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false);
            var lists = change.TrustList ?? state.Lists.ToSet();
            if (change.TrustList is { } next && await review.FindProblemAsync(state.Lists.ToSet(), next, cancellationToken).ConfigureAwait(false) is { } problem) problems.Add(problem);
            foreach (var own in change.Slots.Select(s => s.Own).OfType<Ua.Security.Certificates.IdentityCertificate>())
                await review.CheckOwnAsync(own.Certificate, lists, UriOf(group.Application), cancellationToken).ConfigureAwait(false);
            problems.AddRange(await group.Group.CheckAsync(change, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (IsExpected(e))
        {
            problems.Add(new ChangeProblem(StatusOf(e), e.Message));
        }

        return [.. problems.Select(p => Error(group, p.StatusCode, p.Text))];
    }

    /// <summary>What the certificate of an application has to name; null where it is none of OPC UA.</summary>
    public static string? UriOf(IConfiguredApplication application) => application.Facts is { IsNonUaApplication: false } facts ? facts.ApplicationUri : null;

    private async Task<TransactionErrorType?> ApplyAsync(IReadOnlyCollection<KeyValuePair<GroupObject, CertificateGroupChange>> changes, string update)
    {
        List<GroupObject> changed = [];
        var current = changes.First().Key;
        try
        {
            foreach (var (group, change) in changes)
            {
                current = group;
                if (await group.Group.ApplyAsync(change, update, CancellationToken.None).ConfigureAwait(false)) changed.Add(group);
            }

            foreach (var ofApplication in changes.Select(c => c.Key).GroupBy(g => g.Application))
            {
                current = ofApplication.First();
                await ofApplication.Key.AppliedAsync(CancellationToken.None).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception e) // a defect must not leave half of a change either, nor a decision that the next start would carry out
        {
            Log.ChangeFailed(log, e, current.Application.Key, current.Name);
            await UndoAsync(changed, update).ConfigureAwait(false);
            if (!IsExpected(e)) throw;
            return Error(current, StatusOf(e), e.Message);
        }
    }

    private async Task UndoAsync(List<GroupObject> changed, string update)
    {
        foreach (var group in Enumerable.Reverse(changed))
        {
            try
            {
                await group.Group.UndoAsync(update, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (IsExpected(e))
            {
                Log.UndoFailed(log, e, group.Application.Key, group.Name);
            }
        }

        foreach (var application in changed.Select(g => g.Application).Distinct())
        {
            try
            {
                await application.AppliedAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (IsExpected(e))
            {
                Log.UndoFailed(log, e, application.Key, "all groups");
            }
        }
    }

    /// <summary>A key that has got its certificate waits no longer, nor one whose slot was emptied or filled by a certificate made here.</summary>
    private async Task DropPendingKeysAsync(IEnumerable<KeyValuePair<GroupObject, CertificateGroupChange>> changes)
    {
        foreach (var (group, change) in changes)
        {
            foreach (var slot in change.Slots)
            {
                try
                {
                    using var pending = await pendingKeys.FindAsync(group.Application.Key, group.Name, slot.Type, CancellationToken.None).ConfigureAwait(false);
                    if (pending is null) continue;
                    if (slot.Own is null || slot.Own.Certificate.IsSelfSigned || pending.Matches(slot.Own.Certificate.PublicKey))
                        await pendingKeys.DropAsync(group.Application.Key, group.Name, slot.Type, CancellationToken.None).ConfigureAwait(false);
                }
                catch (Exception e) when (IsExpected(e))
                {
                    Log.PendingKeyKept(log, e, group.Application.Key, group.Name);
                }
            }
        }
    }

    private static StatusCode StatusOf(Exception e) => e switch
    {
        UaException ua => ua.StatusCode,
        PkiException => StatusCodes.BadCertificateInvalid,
        _ => StatusCodes.BadResourceUnavailable,
    };

    private static TransactionErrorType Error(GroupObject group, StatusCode status, string text) => new(group.Id, status, new LocalizedText("en", text));
}
