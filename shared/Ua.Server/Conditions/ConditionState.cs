using System.Collections.Immutable;
using System.Security.Cryptography;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>
/// The state of an alarm condition at one instant (Part 9, 5.5.2, 5.7.2 and 5.8.2); each change makes a new one with an EventId of
/// its own. There are no branches: a new reason while an old one waits for acknowledgement replaces it.
/// </summary>
internal sealed record ConditionState
{
    public required bool IsEnabled { get; init; }

    public required DateTime EnabledSince { get; init; }

    public required bool IsActive { get; init; }

    public required DateTime ActiveSince { get; init; }

    public required bool IsAcked { get; init; }

    public required DateTime AckedSince { get; init; }

    public required ushort Severity { get; init; }

    /// <summary>The severity before the last change; 0 until there was one.</summary>
    public ushort LastSeverity { get; init; }

    public required DateTime SeveritySince { get; init; }

    public StatusCode Quality { get; init; } = StatusCodes.Good;

    public required DateTime QualitySince { get; init; }

    public LocalizedText Message { get; init; }

    public LocalizedText Comment { get; init; }

    public required DateTime CommentSince { get; init; }

    public string? ClientUserId { get; init; }

    public ImmutableHashSet<string> Causes { get; init; } = [];

    public ImmutableSortedDictionary<string, Variant> Fields { get; init; } = ImmutableSortedDictionary<string, Variant>.Empty;

    public required byte[] EventId { get; init; }

    public required DateTime Time { get; init; }

    /// <summary>True while a client that synchronizes has to know of it (Part 9, 5.5.2).</summary>
    public bool Retain => IsEnabled && (IsActive || !IsAcked);

    /// <summary>A condition of which nothing is known yet: enabled, normal, nothing to acknowledge.</summary>
    public static ConditionState New(DateTime now) => new()
    {
        IsEnabled = true,
        EnabledSince = now,
        IsActive = false,
        ActiveSince = now,
        IsAcked = true,
        AckedSince = now,
        Severity = 1,
        SeveritySince = now,
        QualitySince = now,
        CommentSince = now,
        EventId = NewEventId(),
        Time = now,
    };

    /// <summary>The state after the source was looked at; the same one where nothing changed. After a restart the fields of the type come back without an event.</summary>
    public ConditionState With(AlarmSituation situation, DateTime now)
    {
        var isNew = !situation.Causes.IsSubsetOf(Causes);
        var next = this with
        {
            IsActive = situation.IsActive,
            ActiveSince = situation.IsActive == IsActive ? ActiveSince : now,
            IsAcked = IsAcked && !isNew,
            AckedSince = IsAcked && isNew ? now : AckedSince,
            Severity = situation.Severity,
            LastSeverity = situation.Severity == Severity ? LastSeverity : Severity,
            SeveritySince = situation.Severity == Severity ? SeveritySince : now,
            Quality = situation.Quality,
            QualitySince = situation.Quality == Quality ? QualitySince : now,
            Message = new LocalizedText("en", situation.Message),
            Causes = situation.Causes,
            Fields = situation.Fields,
        };
        if (!Says(next)) return next.Happened(now);
        return Fields.IsEmpty ? next : Fields.SequenceEqual(next.Fields) ? this : next.Happened(now);
    }

    /// <summary>The state while its source cannot be asked; the same one where that is known.</summary>
    public ConditionState Doubted(StatusCode quality, DateTime now) =>
        quality == Quality ? this : (this with { Quality = quality, QualitySince = now }).Happened(now);

    public ConditionState Enabled(DateTime now) => (this with { IsEnabled = true, EnabledSince = now }).Happened(now);

    public ConditionState Disabled(DateTime now) => (this with { IsEnabled = false, EnabledSince = now }).Happened(now);

    public ConditionState Acknowledged(LocalizedText comment, string user, DateTime now) =>
        (WithComment(comment, user, now) with { IsAcked = true, AckedSince = now }).Happened(now);

    public ConditionState Commented(LocalizedText comment, string user, DateTime now) => WithComment(comment, user, now).Happened(now);

    /// <summary>A comment without text and locale leaves the old one (Part 9, 5.5.6).</summary>
    private ConditionState WithComment(LocalizedText comment, string user, DateTime now) =>
        string.IsNullOrEmpty(comment.Text) && string.IsNullOrEmpty(comment.Locale) ? this : this with { Comment = comment, CommentSince = now, ClientUserId = user };

    private ConditionState Happened(DateTime now) => this with { EventId = NewEventId(), Time = now };

    private bool Says(ConditionState other) =>
        IsActive == other.IsActive && IsAcked == other.IsAcked && Severity == other.Severity && Quality == other.Quality
        && Message == other.Message && Causes.SetEquals(other.Causes);

    private static byte[] NewEventId() => RandomNumberGenerator.GetBytes(16);
}
