namespace Ua.Security.Certificates;

/// <summary>Whether one side accepts the certificate of the other, and why: plain data for JSON and for people.</summary>
/// <param name="Judge">Who judges, such as a gateway and its folder.</param>
/// <param name="About">Whose certificate is judged.</param>
/// <param name="Role">What the other one is to the judge.</param>
/// <param name="StatusCode">Good, or the name of the code that OPC UA gives the first failure.</param>
/// <param name="Cause">The first cause that blocks; None where nothing does.</param>
/// <param name="Text">The verdict in one sentence.</param>
/// <param name="Steps">Every step of Part 4, 6.1.3 in order.</param>
/// <param name="Reasons">What blocks first, then what warns.</param>
public sealed record Judgement(
    string Judge,
    string About,
    PeerRole Role,
    bool Accepted,
    string StatusCode,
    Cause Cause,
    string Text,
    IReadOnlyList<ExplainedStep> Steps,
    IReadOnlyList<Reason> Reasons)
{
    /// <summary>The same with more that was found elsewhere; what blocks comes first.</summary>
    public Judgement With(IEnumerable<Reason> more)
    {
        var all = Reasons.Concat(more).OrderBy(f => f.Weight).ToList();
        var blocking = all.Find(f => f.Weight == ReasonWeight.Blocks);
        return this with { Reasons = all, Accepted = Accepted && blocking is null, Cause = blocking?.Cause ?? Cause.None, Text = Accepted && blocking is not null ? blocking.Text : Text };
    }
}

/// <summary>A step of the validation as it is printed.</summary>
/// <param name="StatusCode">The name of the code where it failed; null otherwise.</param>
/// <param name="Thumbprint">The certificate of the chain that it looked at; null where it looked at none.</param>
/// <param name="Source">The file or row it rests on.</param>
public sealed record ExplainedStep(ValidationStep Step, StepOutcome Outcome, string? StatusCode, Cause Cause, string Text, string? Subject, string? Thumbprint, string? Source)
{
    internal static ExplainedStep Of(StepReport report) => new(
        report.Step, report.Outcome, report.StatusCode.IsGood ? null : report.StatusCode.ToString(), report.Cause, report.Text,
        report.Certificate?.Subject, report.Certificate?.Thumbprint, report.Source);
}
