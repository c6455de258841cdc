namespace Gds.Core.Push;

/// <summary>How the GDS pushes; every value has a default.</summary>
public sealed class PushOptions
{
    public const string Section = "Push";

    /// <summary>Targets that are pushed to at the same time.</summary>
    public int Parallel { get; set; } = 8;

    /// <summary>Wait before the first retry, in seconds; each further one is twice as long.</summary>
    public double RetrySeconds { get; set; } = 10;

    /// <summary>The longest wait before a retry, in minutes.</summary>
    public double LongestRetryMinutes { get; set; } = 5;

    /// <summary>How long one attempt to connect may take, and one call, in seconds.</summary>
    public double CallSeconds { get; set; } = 15;

    /// <summary>How long a target may take to come back after ApplyChanges, in seconds; an announced restart is added.</summary>
    public double ReturnSeconds { get; set; } = 60;

    /// <summary>How long another's transaction at the target is waited for, in seconds.</summary>
    public double PendingSeconds { get; set; } = 45;

    /// <summary>Wait between two looks at a target, in seconds.</summary>
    public double LookSeconds { get; set; } = 1;

    /// <summary>A run that takes longer is ended, in minutes.</summary>
    public double RunMinutes { get; set; } = 15;

    /// <summary>How often targets are asked what they rejected while nothing is pushed to them, in minutes.</summary>
    public double RejectedMinutes { get; set; } = 60;

    /// <summary><see cref="RejectedMinutes"/> as a time.</summary>
    public TimeSpan Rejected => TimeSpan.FromMinutes(RejectedMinutes);

    internal TimeSpan Call => TimeSpan.FromSeconds(CallSeconds);

    internal TimeSpan Return => TimeSpan.FromSeconds(ReturnSeconds);

    internal TimeSpan Pending => TimeSpan.FromSeconds(PendingSeconds);

    internal TimeSpan Look => TimeSpan.FromSeconds(LookSeconds);

    internal TimeSpan Run => TimeSpan.FromMinutes(RunMinutes);

    /// <summary>Each sentence names the key and the rule that it breaks.</summary>
    public IEnumerable<string> Faults()
    {
        if (Parallel is < 1 or > 256) yield return $"{Section}:{nameof(Parallel)} is {Parallel}; it must be 1 to 256.";
        foreach (var (key, value, low, high) in Ranges())
        {
            if (!(value >= low && value <= high)) yield return FormattableString.Invariant($"{Section}:{key} is {value}; it must be {low} to {high}.");
        }
    }

    /// <summary>When a target that failed so many times is tried again.</summary>
    internal TimeSpan RetryAfter(int failedRuns)
    {
        var seconds = RetrySeconds * Math.Pow(2, Math.Clamp(failedRuns - 1, 0, 30));
        return TimeSpan.FromSeconds(Math.Min(seconds, LongestRetryMinutes * 60));
    }

    private IEnumerable<(string Key, double Value, double Low, double High)> Ranges()
    {
        yield return (nameof(RetrySeconds), RetrySeconds, 0.01, 3600);
        yield return (nameof(LongestRetryMinutes), LongestRetryMinutes, 0.01, 1440);
        yield return (nameof(CallSeconds), CallSeconds, 1, 300);
        yield return (nameof(ReturnSeconds), ReturnSeconds, 0.1, 3600);
        yield return (nameof(PendingSeconds), PendingSeconds, 0, 3600);
        yield return (nameof(LookSeconds), LookSeconds, 0.01, 60);
        yield return (nameof(RunMinutes), RunMinutes, 0.05, 1440);
        yield return (nameof(RejectedMinutes), RejectedMinutes, 1, 10080);
    }
}
