using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.Sessions;
using Ua.Server.TrustListFiles;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// The one transaction of a server (Part 12, 7.10.2): begun by the first change, owned by its session, invisible until it is
/// applied, gone with its session. Changes come one at a time.
/// </summary>
internal sealed class TransactionDesk : ISessionObserver, IDisposable
{
    private readonly ChangeExecution _execution;
    private readonly TrustListHandles _handles;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly ITimer _sweep;
    private readonly SemaphoreSlim _working = new(1, 1);
    private readonly Lock _gate = new();
    private Transaction? _current;
    private TransactionReport? _report;
    private NodeId _workingFor;
    private bool _sessionGone;
    private long _lastUse;

    public TransactionDesk(ChangeExecution execution, TrustListHandles handles, ServerConfigurationOptions options, TimeProvider time)
    {
        (_execution, _handles, _time, _timeout) = (execution, handles, time, options.TransactionTimeout);
        _sweep = time.CreateTimer(_ => Sweep(), null, _timeout / 4, _timeout / 4);
    }

    /// <summary>The current transaction or else the last one; null before the first.</summary>
    public TransactionReport? Report
    {
        get
        {
            lock (_gate) return _current is { } open ? TransactionReport.Open(open) : _report;
        }
    }

    /// <summary>The transaction as this session sees it, for methods that only look.</summary>
    public Transaction Peek(NodeId session)
    {
        lock (_gate) return _current is { } open && open.Session == session ? open : new Transaction(session, default);
    }

    /// <summary>Adds a change to the transaction, which begins here if there is none.</summary>
    /// <param name="change">Gives the transaction with the change; where it fails, nothing has happened.</param>
    /// <exception cref="UaException">Bad_TransactionPending where another session has one, or what the change throws.</exception>
    public async Task ChangeAsync(NodeId session, Func<Transaction, Task<Transaction>> change, CancellationToken cancellationToken)
    {
        await EnterAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            var before = Current(session) ?? new Transaction(session, _time.GetUtcNow().UtcDateTime);
            var after = await change(before).ConfigureAwait(false);
            lock (_gate)
            {
                if (_sessionGone) throw new UaException(StatusCodes.BadSessionClosed, "The session was closed meanwhile; nothing was changed.");
                _current = after;
                _lastUse = _time.GetTimestamp();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Applies one change at once, for methods that no ApplyChanges follows (Part 12, 7.8.2.6 and 7.8.2.7).</summary>
    /// <exception cref="UaException">Bad_TransactionPending where there is a transaction, whoever owns it.</exception>
    public async Task ApplyAtOnceAsync(NodeId session, GroupObject group, Func<Task<CertificateGroupChange>> change, CancellationToken cancellationToken)
    {
        await EnterAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_gate)
            {
                if (_current is not null) throw new UaException(StatusCodes.BadTransactionPending, "A transaction is open; ApplyChanges or CancelChanges has to come first.");
            }

            var changes = new Dictionary<GroupObject, CertificateGroupChange> { [group] = await change().ConfigureAwait(false) };
            if (await _execution.RunAsync(changes, cancellationToken).ConfigureAwait(false) is [var error, ..]) throw new UaException(error.Error, error.Message.Text ?? "");
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Applies the transaction of a session and gives it.</summary>
    /// <exception cref="UaException">Bad_NothingToDo, Bad_SessionIdInvalid, Bad_InvalidState while a list is written; else the first error, and the transaction is gone.</exception>
    public async Task<Transaction> ApplyAsync(NodeId session, CancellationToken cancellationToken)
    {
        await EnterAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = Owned(session);
            if (_handles.IsWritten(static _ => true)) throw new UaException(StatusCodes.BadInvalidState, "A trust list is open for writing; CloseAndUpdate or Close has to come first.");
            IReadOnlyList<TransactionErrorType> errors;
            try
            {
                errors = await _execution.RunAsync(transaction.Changes, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                End(transaction, StatusCodes.BadUnexpectedError);
                throw;
            }

            var result = errors.Count == 0 ? StatusCodes.Good : errors[0].Error;
            End(transaction, result, errors);
            return errors.Count == 0 ? transaction : throw new UaException(result, $"Nothing was applied: {string.Join(" ", errors.Select(e => e.Message.Text))}");
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Drops the transaction of a session.</summary>
    /// <exception cref="UaException">Bad_NothingToDo or Bad_SessionIdInvalid.</exception>
    public async Task CancelAsync(NodeId session, CancellationToken cancellationToken)
    {
        await EnterAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            End(Owned(session), StatusCodes.BadRequestCancelledByClient);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs something that no change may come into; a transaction, whoever owns it, is dropped where that succeeds.</summary>
    public async Task ExclusivelyAsync(NodeId session, Func<Task> work, CancellationToken cancellationToken)
    {
        await EnterAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
            lock (_gate)
            {
                if (_current is { } open) EndInside(open, StatusCodes.BadRequestCancelledByRequest, []);
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>A session that works on something which will come into its transaction, such as a file, has not forgotten it.</summary>
    public void Keep(NodeId session)
    {
        lock (_gate)
        {
            if (_current is { } open && open.Session == session) _lastUse = _time.GetTimestamp();
        }
    }

    /// <summary>Forgets what the transaction has for an application that is no longer looked after.</summary>
    public void Forget(IConfiguredApplication application)
    {
        lock (_gate) _current = _current?.Without(application);
    }

    public void Activated(ICallContext session)
    {
    }

    public void Refused(SessionRefusal refusal)
    {
    }

    public void Closed(NodeId sessionId)
    {
        lock (_gate)
        {
            if (_workingFor == sessionId) _sessionGone = true;
            else if (_current is { } open && open.Session == sessionId) EndInside(open, StatusCodes.BadSessionClosed, []);
        }
    }

    public void Dispose()
    {
        _sweep.Dispose();
        _working.Dispose();
    }

    private async Task EnterAsync(NodeId session, CancellationToken cancellationToken)
    {
        if (session.IsNull) throw new UaException(StatusCodes.BadSessionIdInvalid, "This method is called in a session.");
        await _working.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate) (_workingFor, _sessionGone) = (session, false);
        if (!cancellationToken.IsCancellationRequested) return;

        // The session may have ended while it waited, before Closed could see that it is at work: nobody would end its transaction.
        Leave();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>A session that ended while it was served takes its transaction along now.</summary>
    private void Leave()
    {
        lock (_gate)
        {
            if (_sessionGone && _current is { } open && open.Session == _workingFor) EndInside(open, StatusCodes.BadSessionClosed, []);
            _workingFor = NodeId.Null;
        }

        _working.Release();
    }

    private Transaction? Current(NodeId session)
    {
        lock (_gate)
        {
            if (_current is { } other && other.Session != session)
                throw new UaException(StatusCodes.BadTransactionPending, "Another session has a transaction open; wait until it has applied or cancelled it.");
            return _current;
        }
    }

    private Transaction Owned(NodeId session)
    {
        lock (_gate)
        {
            if (_current is not { } open) throw new UaException(StatusCodes.BadNothingToDo, "There is no transaction.");
            return open.Session == session ? open : throw new UaException(StatusCodes.BadSessionIdInvalid, "The transaction belongs to another session.");
        }
    }

    private void End(Transaction transaction, StatusCode result, params IReadOnlyList<TransactionErrorType> errors)
    {
        lock (_gate) EndInside(transaction, result, errors);
    }

    private void EndInside(Transaction transaction, StatusCode result, IReadOnlyList<TransactionErrorType> errors)
    {
        _report = TransactionReport.Ended(transaction, _time.GetUtcNow().UtcDateTime, result, errors);
        _current = null;
    }

    /// <summary>A transaction that its session has forgotten must not keep everybody else away.</summary>
    private void Sweep()
    {
        lock (_gate)
        {
            if (_current is { } open && _workingFor.IsNull && _time.GetElapsedTime(_lastUse) >= _timeout) EndInside(open, StatusCodes.BadTimeout, []);
        }
    }
}
