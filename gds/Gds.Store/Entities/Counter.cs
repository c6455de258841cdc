namespace Gds.Store;

/// <summary>A number that only rises, across restarts too.</summary>
public sealed class Counter
{
    /// <summary>The counter of ApplicationRecord ids.</summary>
    public const string RecordIds = "record-ids";

    private Counter() { }

    public Counter(string name, DateTime now)
    {
        Name = name;
        ResetAt = now;
    }

    public string Name { get; private set; } = "";
    public long Value { get; private set; }

    /// <summary>When counting began; QueryApplications returns it as LastCounterResetTime.</summary>
    public DateTime ResetAt { get; private set; }

    public void RiseTo(long value)
    {
        if (value <= Value) throw new IllegalMoveException($"Counter {Name} is at {Value} and cannot go to {value}.");
        Value = value;
    }
}
