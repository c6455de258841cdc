using System.Collections.Immutable;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>What an alarm has found out about its source at one instant.</summary>
/// <param name="Causes">
/// Why the alarm is active, one text for each reason, the same text for as long as the reason is the same; none where all is
/// normal. A reason that was not there before has to be acknowledged anew.
/// </param>
/// <param name="Severity">1 (least urgent) to 1000.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Fields">The properties that the type of the alarm adds.</param>
public sealed record AlarmSituation(
    ImmutableHashSet<string> Causes, ushort Severity, string Message, ImmutableSortedDictionary<string, Variant> Fields)
{
    /// <summary>How reliable this is; bad where the source could not be asked.</summary>
    public StatusCode Quality { get; init; } = StatusCodes.Good;

    public bool IsActive => !Causes.IsEmpty;
}
