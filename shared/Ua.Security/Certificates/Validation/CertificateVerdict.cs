using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>The outcome of a validation, with everything that is needed to explain it.</summary>
/// <param name="StatusCode">Good, or the code of the first step that failed (Part 4, 6.1.3).</param>
/// <param name="Text">A sentence for log, audit and person.</param>
/// <param name="Leaf">The peer's certificate; null where the bytes could not be read.</param>
/// <param name="Chain">Leaf, issuers, root, as far as they were found.</param>
/// <param name="Steps">Every step in order, also those after the failure.</param>
public sealed record CertificateVerdict(
    StatusCode StatusCode,
    string Text,
    ApplicationCertificate? Leaf,
    IReadOnlyList<ApplicationCertificate> Chain,
    IReadOnlyList<StepReport> Steps)
{
    /// <summary>The peer may go on: trusted, by <see cref="FirstContact"/>, or because everyone is (<see cref="AcceptedUnchecked"/>).</summary>
    public bool IsAccepted => StatusCode.IsGood;

    /// <summary>Steps 1 to 5 passed: the peer may learn which later check failed.</summary>
    public bool IsTrusted => Steps.Any(s => s.Step == ValidationStep.Trust && s.Outcome == StepOutcome.Passed)
        && !Steps.Any(s => s.Step <= ValidationStep.Trust && s.Outcome == StepOutcome.Failed);

    /// <summary>Unknown but valid in itself, and let in only to present credentials: the session layer must refuse anonymous.</summary>
    public bool FirstContact { get; init; }

    /// <summary>Let in only because the endpoint accepts every certificate.</summary>
    public bool AcceptedUnchecked { get; init; }

    /// <summary>The errors that the configuration accepts; they are to be audited.</summary>
    public IReadOnlyList<StepReport> Suppressed => [.. Steps.Where(s => s.Outcome == StepOutcome.Suppressed)];

    /// <summary>The code that a peer may see: Bad_SecurityChecksFailed while it is not trusted (Part 4, 6.1.3).</summary>
    public StatusCode PublicStatusCode => IsAccepted || IsTrusted ? StatusCode : StatusCodes.BadSecurityChecksFailed;

    /// <summary>Throws with the own code and text unless the peer is accepted.</summary>
    public void ThrowIfRefused()
    {
        if (!IsAccepted) throw new UaException(StatusCode, Text);
    }
}
