using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>What the settings of an endpoint make of a refusal: everyone is let in, or an unknown client for its credentials only.</summary>
internal static class Admission
{
    /// <summary>What stands between an unknown client and us only because it is unknown.</summary>
    private static readonly StatusCode[] FollowsFromUnknown =
    [
        StatusCodes.BadCertificateChainIncomplete, StatusCodes.BadCertificateUntrusted,
        StatusCodes.BadCertificateRevocationUnknown, StatusCodes.BadCertificateIssuerRevocationUnknown,
    ];

    /// <summary>What an open door does not change: bytes that are no certificate, wrong signatures, keys the policy cannot use, a false identity.</summary>
    private static readonly ValidationStep[] HoldsForAll =
        [ValidationStep.Structure, ValidationStep.Signature, ValidationStep.SecurityPolicy, ValidationStep.ApplicationUri];

    /// <summary>The certificate is sound but nobody has decided about it: worth keeping for a person to see.</summary>
    public static bool IsUnknown(CertificateVerdict verdict) =>
        verdict.Leaf is not null
        && verdict.Steps.Any(s => s is { Step: ValidationStep.Trust, Outcome: StepOutcome.Failed })
        && !verdict.Steps.Any(s => s is { Step: ValidationStep.Structure or ValidationStep.Signature, Outcome: StepOutcome.Failed });

    public static CertificateVerdict Decide(CertificateVerdict verdict, CertificateCheck check, CertificateValidationOptions options)
    {
        if (verdict.IsAccepted || check.Role != PeerRole.Client) return verdict;
        var failures = verdict.Steps.Where(s => s.Outcome == StepOutcome.Failed).ToList();
        if (options.IsOpenToAll) return failures.Exists(f => HoldsForAll.Contains(f.Step)) ? verdict : OpenToAll(verdict);
        if (options.FirstContact != FirstContactPolicy.Credentials || !IsUnknown(verdict)) return verdict;
        return failures.TrueForAll(f => FollowsFromUnknown.Contains(f.StatusCode)) ? ForCredentials(verdict) : verdict;
    }

    private static CertificateVerdict OpenToAll(CertificateVerdict verdict) => verdict with
    {
        StatusCode = StatusCodes.Good,
        Text = $"Let in only because this endpoint accepts every certificate. Otherwise: {verdict.StatusCode}: {verdict.Text}",
        AcceptedUnchecked = true,
    };

    private static CertificateVerdict ForCredentials(CertificateVerdict verdict) => verdict with
    {
        StatusCode = StatusCodes.Good,
        Text = $"Let in for a first contact with credentials. {verdict.Text}",
        FirstContact = true,
    };
}
