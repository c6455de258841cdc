using Gds.Store;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.Core.Push;

/// <summary>The session of a run with its target, which ends whenever the target puts changes into force and is then made anew.</summary>
internal sealed class PushConnection(PushDoor door, PushTarget target, string applicationUri, PushOptions options, TimeProvider time) : IAsyncDisposable
{
    private UaSession? _session;
    private long _lastApply;

    public bool IsOpen => _session is { State: SessionState.Connected };

    public UaSession Session => _session ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>The certificate of the server in the present session.</summary>
    public ApplicationCertificate Served { get; private set; } = null!;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _session = await door.OpenAsync(target, applicationUri, cancellationToken);
        Served = PushDoor.ServedBy(_session);
    }

    /// <summary>Waits while another session's transaction is open at the target.</summary>
    public async Task<T> WhilePendingAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (UaException e) when (e.StatusCode == StatusCodes.BadTransactionPending && time.GetElapsedTime(started) < options.Pending)
            {
                await Task.Delay(options.Look, time, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Puts the changes into force once. The connection is expected to go, with the answer or before it; false where no answer
    /// came, so that only a look can tell.
    /// </summary>
    /// <exception cref="UaException">The target refused; its transaction has been cancelled.</exception>
    public async Task<bool> ApplyAsync(ServerConfigurationClient configuration, CancellationToken cancellationToken)
    {
        var first = _lastApply == 0;
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await configuration.ApplyChangesAsync(cancellationToken);
                _lastApply = time.GetTimestamp();
                return true;
            }
            catch (UaException e) when (PushErrors.IsNoAnswer(e))
            {
                _lastApply = time.GetTimestamp();
                return false;
            }
            catch (UaException e) when (e.StatusCode == StatusCodes.BadNothingToDo)
            {
                return true;
            }
            catch (UaException e) when (e.StatusCode == StatusCodes.BadInternalError && !first && time.GetElapsedTime(started) < options.Return)
            {
                // Some servers still put the changes before these into force and answer so meanwhile.
                await Task.Delay(options.Look, time, cancellationToken);
            }
            catch (UaException e)
            {
                throw new UaException(e.StatusCode, $"{e.Message}{await CancelAsync(configuration, cancellationToken)}", e);
            }
        }
    }

    /// <summary>Drops the transaction as far as the target lets it; adds what the target says was wrong.</summary>
    public static async Task<string> CancelAsync(ServerConfigurationClient configuration, CancellationToken cancellationToken)
    {
        try
        {
            var errors = await configuration.ReadTransactionDiagnosticsAsync(cancellationToken) is { Errors: { Count: > 0 } list }
                ? $" The target says: {string.Join("; ", list.Select(e => $"{e.TargetId}: {e.Error} {e.Message}"))}."
                : "";
            if (configuration.HasCancelChanges) await configuration.CancelChangesAsync(cancellationToken);
            return errors;
        }
        catch (UaException e)
        {
            return e.StatusCode == StatusCodes.BadNothingToDo ? "" : $" CancelChanges: {e.Message}";
        }
    }

    /// <summary>How long the target says that it will be away; zero where it says nothing or is gone already.</summary>
    public async Task<TimeSpan> AnnouncedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await Session.ReadStructureAsync<ServerStatusDataType>(VariableIds.ServerStatus, cancellationToken);
            return status.SecondsTillShutdown > 0 || status.State == ServerState.Shutdown
                ? TimeSpan.FromSeconds(Math.Min(status.SecondsTillShutdown, 3600))
                : TimeSpan.Zero;
        }
        catch (UaException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>Gives the session up and connects again until the target looks as it should, or patience ends.</summary>
    /// <param name="looksRight">Judges what is there after a connection.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True where it does; false where the target can be reached and does not.</returns>
    /// <exception cref="UaException">The target does not come back.</exception>
    public async Task<bool> ReturnAsync(Func<Task<bool>> looksRight, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var reached = false;
            UaException? reason = null;
            try
            {
                await CloseAsync();
                await OpenAsync(cancellationToken);
                reached = true;
                if (await looksRight()) return true;
            }
            catch (UaException e)
            {
                reason = e;
            }

            if (time.GetElapsedTime(started) >= patience)
                return reached && reason is null ? false : throw new UaException(reason!.StatusCode, $"The target did not come back within {patience.TotalSeconds:0} s: {reason.Message}", reason);
            await Task.Delay(options.Look, time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task CloseAsync()
    {
        if (_session is { } session) await session.DisposeAsync();
        _session = null;
    }
}
