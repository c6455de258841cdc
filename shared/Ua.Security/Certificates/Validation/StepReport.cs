using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>How a step ended for one certificate of the chain.</summary>
public enum StepOutcome
{
    Passed,
    Failed,

    /// <summary>Failed, and the configuration accepts it.</summary>
    Suppressed,

    /// <summary>Does not apply here, or the caller gave nothing to compare with.</summary>
    Skipped,

    /// <summary>An earlier failure left nothing to look at.</summary>
    NotReached,
}

/// <summary>One line of an explanation: a step, the certificate it looked at, how it ended, and the file it rests on.</summary>
/// <param name="Text">A whole sentence that names certificate, list or file, and date.</param>
/// <param name="Source">The file or list that decided; null where none is involved.</param>
/// <param name="MaySuppress">Whether a setting can turn this failure into a warning.</param>
public sealed record StepReport(
    ValidationStep Step,
    StepOutcome Outcome,
    StatusCode StatusCode,
    string Text,
    ApplicationCertificate? Certificate = null,
    string? Source = null,
    bool MaySuppress = false)
{
    /// <summary>What is wrong, in one word; None unless the step failed.</summary>
    public Cause Cause { get; init; }

    internal static StepReport Pass(ValidationStep step, string text, ApplicationCertificate? certificate = null, string? source = null) =>
        new(step, StepOutcome.Passed, StatusCodes.Good, text, certificate, source);

    internal static StepReport Skip(ValidationStep step, string text) => new(step, StepOutcome.Skipped, StatusCodes.Good, text);

    internal static StepReport NotReached(ValidationStep step, string text) => new(step, StepOutcome.NotReached, StatusCodes.Good, text);

    internal static StepReport Fail(ValidationStep step, StatusCode code, Cause cause, string text, ApplicationCertificate? certificate = null, string? source = null, bool maySuppress = false) =>
        new(step, StepOutcome.Failed, code, text, certificate, source, maySuppress) { Cause = cause };
}
