namespace Ua.Security.Certificates;

/// <summary>A judgement for people, line by line: the verdict, the steps, what to do.</summary>
public static class JudgementText
{
    private const int ShortThumbprint = 8;

    public static IEnumerable<string> Lines(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        yield return Verdict(judgement);
        foreach (var step in judgement.Steps) yield return Step(step, judgement.Steps);
        foreach (var line in Reasons(judgement.Reasons)) yield return line;
    }

    /// <summary>What blocks and what warns, each with what to do.</summary>
    public static IEnumerable<string> Reasons(IReadOnlyList<Reason> reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        foreach (var reason in reasons)
        {
            yield return "";
            yield return $"  {(reason.Weight == ReasonWeight.Blocks ? "CAUSE" : "NOTE ")}  {reason.Cause}: {reason.Text}";
            yield return $"  DO     {reason.ToDo}";
        }
    }

    private static string Verdict(Judgement judgement)
    {
        var role = judgement.Role switch { PeerRole.Client => "client", PeerRole.Server => "server", _ => "user" };
        return judgement.Accepted
            ? $"YES  {judgement.Judge} accepts {judgement.About} as a {role}."
            : $"NO   {judgement.Judge} does not accept {judgement.About} as a {role}: {judgement.Cause}{(judgement.StatusCode == "Good" ? "" : $" ({judgement.StatusCode})")}.";
    }

    private static string Step(ExplainedStep step, IReadOnlyList<ExplainedStep> all)
    {
        var outcome = step.Outcome switch
        {
            StepOutcome.Passed => "ok",
            StepOutcome.Failed => "FAILED",
            StepOutcome.Suppressed => "waived",
            _ => "-",
        };
        var source = step.Source is { } file && !step.Text.Contains(file, StringComparison.Ordinal) ? $" [{file}]" : "";
        return $"  {(int)step.Step,2} {Name(step.Step),-16} {outcome,-7} {Short(step.Text, all)}{source}";
    }

    /// <summary>The verdict and the reasons name certificates in full; in between, eleven times would hide the rest.</summary>
    private static string Short(string text, IReadOnlyList<ExplainedStep> all)
    {
        foreach (var thumbprint in all.Select(s => s.Thumbprint).OfType<string>().Distinct())
            text = text.Replace($"' [{thumbprint}]", $"' [{thumbprint[..ShortThumbprint]}]", StringComparison.Ordinal); // behind a subject; names of files stay
        return text;
    }

    private static string Name(ValidationStep step) => step switch
    {
        ValidationStep.BuildChain => "chain",
        ValidationStep.SecurityPolicy => "key and hash",
        ValidationStep.HostName => "host name",
        ValidationStep.ApplicationUri => "ApplicationUri",
        ValidationStep.FindRevocationList => "revocation list",
        ValidationStep.Revocation => "revoked?",
        _ => step.ToString().ToLowerInvariant(),
    };
}
