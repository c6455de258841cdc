using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Events;

namespace Ua.Server.Conditions;

/// <summary>
/// One alarm condition: takes what its owner finds out and what people do, keeps it, shows it in its node and raises an event for
/// each change (Part 9, 4.2 to 4.8). Changes are made one after another; what a person did is durable before it is answered.
/// </summary>
public sealed class AlarmCondition : IDisposable
{
    private readonly ConditionDefinition _definition;
    private readonly ConditionNode _node;
    private readonly ConditionServices _services;
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Held while a state is published, so that a refresh falls before or after it.</summary>
    private readonly Lock _publishing = new();
    private readonly EventIdLog _reported = new();
    private ConditionState _state;
    private AlarmSituation? _situation;

    internal AlarmCondition(ConditionDefinition definition, ConditionNode node, ConditionRecord? kept, ConditionServices services)
    {
        _definition = definition;
        _node = node;
        _services = services;
        _state = kept?.ToState() ?? ConditionState.New(Now);
        _reported.Add(_state.EventId);
        Show(_state);
    }

    public NodeId Id => _definition.Id;

    internal ConditionState State => Volatile.Read(ref _state);

    private DateTime Now => _services.Time.GetUtcNow().UtcDateTime;

    /// <summary>Takes what was found out. A disabled condition remembers it and says nothing.</summary>
    public async Task ReportAsync(AlarmSituation situation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(situation);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _situation = situation;
            var next = _state.IsEnabled ? _state.With(situation, Now) : _state;
            if (next == _state) return;
            Tell(next);
            await KeepOrLogAsync(next, cancellationToken).ConfigureAwait(false);
            Publish(next, isEvent: _state.Retain || next.Retain);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says that the source could not be asked; what was found out before stands.</summary>
    public async Task DoubtAsync(StatusCode quality, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var next = _state.IsEnabled ? _state.Doubted(quality, Now) : _state;
            if (next != _state) Publish(next, isEvent: next.Retain);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Takes what a person did; the change is Good with a new state, or says why it cannot be.</summary>
    internal async Task<StatusCode> ChangeAsync(Func<ConditionState, (StatusCode Status, ConditionState? Next)> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (status, next) = change(_state);
            if (next is null) return status;
            await _services.Store.SaveAsync(Id, ConditionRecord.Of(next), cancellationToken).ConfigureAwait(false);
            Publish(next, isEvent: true);
            return status;
        }
        finally
        {
            _gate.Release();
        }
    }

    internal Task<StatusCode> EnableAsync(CancellationToken cancellationToken) => ChangeAsync(
        state =>
        {
            if (state.IsEnabled) return (StatusCodes.BadConditionAlreadyEnabled, null);
            var enabled = state.Enabled(Now);
            return (StatusCodes.Good, _situation is { } found ? enabled.With(found, Now) : enabled);
        },
        cancellationToken);

    internal Task<StatusCode> DisableAsync(CancellationToken cancellationToken) => ChangeAsync(
        state => state.IsEnabled ? (StatusCodes.Good, state.Disabled(Now)) : (StatusCodes.BadConditionAlreadyDisabled, null), cancellationToken);

    internal Task<StatusCode> AcknowledgeAsync(byte[]? eventId, LocalizedText comment, string user, CancellationToken cancellationToken) => ChangeAsync(
        state =>
        {
            if (Check(state, eventId) is { IsBad: true } wrong) return (wrong, null);
            return state.IsAcked ? (StatusCodes.BadConditionBranchAlreadyAcked, null) : (StatusCodes.Good, state.Acknowledged(comment, user, Now));
        },
        cancellationToken);

    internal Task<StatusCode> CommentAsync(byte[]? eventId, LocalizedText comment, string user, CancellationToken cancellationToken) => ChangeAsync(
        state => Check(state, eventId) is { IsBad: true } wrong ? (wrong, null) : (StatusCodes.Good, state.Commented(comment, user, Now)), cancellationToken);

    /// <summary>Hands the event of the present state to a refresh, with the EventId that it had, where the state is retained.</summary>
    internal void Refresh(Action<UaEvent> offer)
    {
        lock (_publishing)
            if (_state.Retain) offer(EventOf(_state));
    }

    private StatusCode Check(ConditionState state, byte[]? eventId)
    {
        if (!state.IsEnabled) return StatusCodes.BadConditionDisabled;
        return eventId is not null && _reported.Has(eventId) ? StatusCodes.Good : StatusCodes.BadEventIdUnknown;
    }

    private void Publish(ConditionState next, bool isEvent)
    {
        lock (_publishing)
        {
            if (!next.IsAcked && (_state.IsAcked || !next.Causes.IsSubsetOf(_state.Causes))) _reported.Clear();
            var happened = next.EventId != _state.EventId;
            if (happened) _reported.Add(next.EventId);
            Volatile.Write(ref _state, next);
            Show(next);
            if (isEvent && happened) _services.Events.Raise(EventOf(next));
        }
    }

    private void Tell(ConditionState next)
    {
        if (!next.Causes.IsSubsetOf(_state.Causes)) Log.AlarmActive(_services.Log, _definition.Name, _definition.SourceName, next.Message.Text ?? "");
        else if (_state.IsActive && !next.IsActive) Log.AlarmNormal(_services.Log, _definition.Name, _definition.SourceName);
    }

    /// <summary>An alarm that cannot be kept is raised all the same.</summary>
    private async Task KeepOrLogAsync(ConditionState next, CancellationToken cancellationToken)
    {
        try
        {
            await _services.Store.SaveAsync(Id, ConditionRecord.Of(next), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.ConditionNotKept(_services.Log, e, Id);
        }
    }

    private void Show(ConditionState state) => _node.Show(ConditionFields.Of(_definition, state), state.IsEnabled);

    private UaEvent EventOf(ConditionState state)
    {
        var e = new UaEvent(_definition.Type, _definition.Source, _definition.SourceName, state.Message, state.Severity, state.Time)
        {
            ConditionId = Id,
            EventId = state.EventId,
        };
        foreach (var field in ConditionFields.Of(_definition, state))
            if (state.IsEnabled || field.WhileDisabled) e[field.Path] = field.Value;
        return e;
    }
}

/// <summary>What all conditions of a server share.</summary>
internal sealed record ConditionServices(IConditionStore Store, IEventSink Events, TimeProvider Time, ILogger Log);
