using System.Collections.Immutable;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>When TrustListOutOfDate is active (Part 12, 7.8.2.11 and 7.8.3.1): something that had to happen to the list by now did not.</summary>
internal static class TrustListOutOfDateRule
{
    public const ushort NormalSeverity = 100;
    public const ushort OutOfDateSeverity = 600;

    public static AlarmSituation Judge(TrustListFreshness list, NodeId trustList, DateTime now)
    {
        var due = list.Due.Where(d => d.At <= now).OrderBy(d => d.At).ToList();
        var message = due.Count == 0 ? "The trust list is up to date." : $"The trust list is out of date: {Names.First(due.Select(d => d.What), due.Count)}.";
        return new AlarmSituation([.. due.Select(d => d.What)], due.Count == 0 ? NormalSeverity : OutOfDateSeverity, message, Fields(list, trustList));
    }

    /// <summary>When the judgement changes by itself next; null where it does not.</summary>
    public static DateTime? Next(TrustListFreshness list, DateTime now) => list.Due.Where(d => d.At > now).Select(d => (DateTime?)d.At).Min();

    private static ImmutableSortedDictionary<string, Variant> Fields(TrustListFreshness list, NodeId trustList) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new KeyValuePair<string, Variant>[]
        {
            new("TrustListId", trustList),
            new("LastUpdateTime", list.LastUpdateTime),
            new("UpdateFrequency", list.UpdateFrequency.TotalMilliseconds),
        });
}

/// <summary>The first names of many, for a message that people read.</summary>
internal static class Names
{
    private const int Most = 3;

    public static string First(IEnumerable<string> names, int count)
    {
        var first = string.Join(", ", names.Take(Most));
        return count > Most ? $"{first} and {count - Most} more" : first;
    }
}
