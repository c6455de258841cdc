using Microsoft.Extensions.Logging;
using Pki;
using Ua.Security.Certificates;
using Ua.Server.ServerObject;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// The application setup of Part 12, Annex G: a server that has never trusted anyone lets unknown clients in to present a user, until
/// something is trusted, by a transaction or by a file.
/// </summary>
internal sealed class ApplicationSetup(
    ServerConfigurationOptions options, TrustFolder folder, CertificateValidator validator, StateFolder state, ServerState serverState, ILogger<ApplicationSetup> log) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private FirstContactPolicy _usual;

    public bool IsActive => serverState.IsInSetup;

    /// <summary>Begins the setup where it is allowed and nothing was ever trusted.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!options.AllowApplicationSetup || File.Exists(state.SetupDone)) return;
        if (await HasTrustAsync(cancellationToken).ConfigureAwait(false))
        {
            await MarkAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        _usual = validator.Options.FirstContact;
        validator.Options.FirstContact = _usual == FirstContactPolicy.AcceptAll ? _usual : FirstContactPolicy.Credentials;
        serverState.IsInSetup = true;
        folder.Changed += TrustChanged;
        Log.SetupBegan(log);
    }

    /// <summary>The first trust list that is applied to the server ends the setup. What was applied counts, whatever becomes of the caller.</summary>
    public async Task AppliedAsync(Transaction transaction)
    {
        try
        {
            if (IsActive && transaction.Changes.Any(c => c.Key.Application is ServerApplication && c.Value.TrustList is not null)) await EndAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            Log.SetupNotEnded(log, e);
        }
    }

    /// <summary>
    /// Allows the setup once more, before the trust goes: a kill in between must not leave a server that trusts nobody and cannot be
    /// set up. One that still trusts somebody at its next start is marked again.
    /// </summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (options.AllowApplicationSetup && !IsActive && File.Exists(state.SetupDone)) await AtomicFile.DeleteAsync(state.SetupDone, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins the setup once more where nothing is trusted after a reset.</summary>
    public async Task RepeatAsync(CancellationToken cancellationToken)
    {
        if (!IsActive) await OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        folder.Changed -= TrustChanged;
        _gate.Dispose();
    }

    private async void TrustChanged()
    {
        try
        {
            if (IsActive && await HasTrustAsync(CancellationToken.None).ConfigureAwait(false)) await EndAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e) || e is ObjectDisposedException)
        {
            Log.SetupNotEnded(log, e);
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsActive) return;
            await MarkAsync(cancellationToken).ConfigureAwait(false);
            folder.Changed -= TrustChanged;
            validator.Options.FirstContact = _usual;
            serverState.IsInSetup = false;
            Log.SetupEnded(log);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<bool> HasTrustAsync(CancellationToken cancellationToken) =>
        (await folder.CurrentAsync(cancellationToken).ConfigureAwait(false)).TrustedCertificates.Length > 0;

    private async Task MarkAsync(CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(state.Root);
        await AtomicFile.WriteTextAsync(state.SetupDone, "", FileProtection.OwnerOnly, cancellationToken).ConfigureAwait(false);
    }
}
