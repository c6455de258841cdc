using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>One field of a condition: as event field by its path, as variable below the condition's node by the same path.</summary>
internal readonly record struct ConditionField(string Path, Variant Value, DateTime Since, bool WhileDisabled);

/// <summary>Writes out a state as the fields of its types (Part 9, 5.5.2, 5.7.2, 5.8.2), for events and nodes alike.</summary>
internal static class ConditionFields
{
    public static IEnumerable<ConditionField> Of(ConditionDefinition definition, ConditionState state) =>
        [.. OfEvent(definition, state), .. OfDefinition(definition, state), .. OfStates(state), .. OfProperties(state)];

    private static IEnumerable<ConditionField> OfEvent(ConditionDefinition d, ConditionState s)
    {
        yield return Always("EventId", s.EventId, s.Time);
        yield return Always("EventType", d.Type, s.Time);
        yield return Always("SourceNode", d.Source, s.Time);
        yield return Always("SourceName", d.SourceName, s.Time);
        yield return Always("Time", s.Time, s.Time);
        yield return Always("ReceiveTime", s.Time, s.Time);
        yield return Always("Message", s.Message, s.Time);
        yield return Always("Severity", s.Severity, s.SeveritySince);
    }

    private static IEnumerable<ConditionField> OfDefinition(ConditionDefinition d, ConditionState s)
    {
        yield return Always("ConditionClassId", ConditionIds.SystemConditionClass, s.Time);
        yield return Always("ConditionClassName", new LocalizedText("en", "System"), s.Time);
        yield return Always("ConditionName", d.Name, s.Time);
        yield return Always("BranchId", NodeId.Null, s.Time);
        yield return Always("Retain", s.Retain, s.Time);
        yield return Always("InputNode", d.InputNode, s.Time);
        yield return Always("NormalState", NodeId.Null, s.Time);
        yield return Always("SuppressedOrShelved", false, s.Time);
    }

    private static IEnumerable<ConditionField> OfStates(ConditionState s) =>
    [
        .. TwoStates("EnabledState", s.IsEnabled, s.EnabledSince, "Enabled", "Disabled", whileDisabled: true),
        Always("EnabledState/EffectiveDisplayName", new LocalizedText("en", Effective(s)), s.Time),
        .. TwoStates("AckedState", s.IsAcked, s.AckedSince, "Acknowledged", "Unacknowledged", whileDisabled: false),
        .. TwoStates("ActiveState", s.IsActive, s.ActiveSince, "Active", "Inactive", whileDisabled: false),
    ];

    private static IEnumerable<ConditionField> OfProperties(ConditionState s)
    {
        yield return Enabled("Quality", s.Quality, s.QualitySince);
        yield return Enabled("Quality/SourceTimestamp", s.QualitySince, s.QualitySince);
        yield return Enabled("LastSeverity", s.LastSeverity, s.SeveritySince);
        yield return Enabled("LastSeverity/SourceTimestamp", s.SeveritySince, s.SeveritySince);
        yield return Enabled("Comment", s.Comment, s.CommentSince);
        yield return Enabled("Comment/SourceTimestamp", s.CommentSince, s.CommentSince);
        yield return Enabled("ClientUserId", s.ClientUserId, s.CommentSince);
        foreach (var (name, value) in s.Fields) yield return Enabled(name, value, s.Time);
    }

    private static IEnumerable<ConditionField> TwoStates(string path, bool isTrue, DateTime since, string trueName, string falseName, bool whileDisabled)
    {
        yield return new(path, new LocalizedText("en", isTrue ? trueName : falseName), since, whileDisabled);
        yield return new($"{path}/Id", isTrue, since, whileDisabled);
        yield return new($"{path}/TransitionTime", since, since, whileDisabled);
        yield return Always($"{path}/TrueState", new LocalizedText("en", trueName), since);
        yield return Always($"{path}/FalseState", new LocalizedText("en", falseName), since);
    }

    private static string Effective(ConditionState s) =>
        !s.IsEnabled ? "Disabled" : $"{(s.IsActive ? "Active" : "Inactive")}/{(s.IsAcked ? "Acknowledged" : "Unacknowledged")}";

    private static ConditionField Always(string path, Variant value, DateTime since) => new(path, value, since, WhileDisabled: true);

    /// <summary>A field that says nothing while the condition is disabled.</summary>
    private static ConditionField Enabled(string path, Variant value, DateTime since) => new(path, value, since, WhileDisabled: false);
}
