namespace Benchmarks.Report;

/// <summary>One number that was measured, with what was wanted of it where something was.</summary>
internal sealed record Figure(string Name, double Value, string Unit, Goal? Goal = null)
{
    public bool? Reached => Goal?.IsReachedBy(Value);
}

/// <summary>What a number should be: at least or at most a limit.</summary>
internal sealed record Goal(double Limit, bool AtLeast)
{
    public static Goal Least(double limit) => new(limit, AtLeast: true);

    public static Goal Most(double limit) => new(limit, AtLeast: false);

    public bool IsReachedBy(double value) => AtLeast ? value >= Limit : value <= Limit;
}

/// <summary>What one part of the run measured.</summary>
internal sealed record PartResult(string Title, IReadOnlyList<Figure> Figures);
