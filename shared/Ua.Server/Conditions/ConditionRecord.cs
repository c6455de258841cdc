using System.Collections.Immutable;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>What is kept of a condition over a restart: what people set, and enough to tell whether it is still the same alarm.</summary>
public sealed record ConditionRecord
{
    public bool IsEnabled { get; init; } = true;

    public DateTime EnabledSince { get; init; }

    public bool IsActive { get; init; }

    public DateTime ActiveSince { get; init; }

    public bool IsAcked { get; init; } = true;

    public DateTime AckedSince { get; init; }

    public ushort Severity { get; init; }

    public ushort LastSeverity { get; init; }

    public DateTime SeveritySince { get; init; }

    public string? Message { get; init; }

    public string? Comment { get; init; }

    public string? CommentLocale { get; init; }

    public DateTime CommentSince { get; init; }

    public string? ClientUserId { get; init; }

    public IReadOnlyList<string> Causes { get; init; } = [];

    public byte[] EventId { get; init; } = [];

    public DateTime Time { get; init; }

    internal static ConditionRecord Of(ConditionState s) => new()
    {
        IsEnabled = s.IsEnabled,
        EnabledSince = s.EnabledSince,
        IsActive = s.IsActive,
        ActiveSince = s.ActiveSince,
        IsAcked = s.IsAcked,
        AckedSince = s.AckedSince,
        Severity = s.Severity,
        LastSeverity = s.LastSeverity,
        SeveritySince = s.SeveritySince,
        Message = s.Message.Text,
        Comment = s.Comment.Text,
        CommentLocale = s.Comment.Locale,
        CommentSince = s.CommentSince,
        ClientUserId = s.ClientUserId,
        Causes = [.. s.Causes.Order(StringComparer.Ordinal)],
        EventId = s.EventId,
        Time = s.Time,
    };

    internal ConditionState ToState() => new()
    {
        IsEnabled = IsEnabled,
        EnabledSince = EnabledSince,
        IsActive = IsActive,
        ActiveSince = ActiveSince,
        IsAcked = IsAcked,
        AckedSince = AckedSince,
        Severity = Math.Clamp(Severity, (ushort)1, (ushort)1000),
        LastSeverity = LastSeverity,
        SeveritySince = SeveritySince,
        QualitySince = Time,
        Message = new LocalizedText("en", Message),
        Comment = new LocalizedText(CommentLocale, Comment),
        CommentSince = CommentSince,
        ClientUserId = ClientUserId,
        Causes = [.. Causes],
        EventId = EventId,
        Time = Time,
    };
}
