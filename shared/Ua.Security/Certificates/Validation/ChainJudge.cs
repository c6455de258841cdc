using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Runs the steps of Part 4, 6.1.3 over the bytes of a peer and picks, where several chains lead to a root, the one that gets furthest.</summary>
internal static class ChainJudge
{
    private static readonly IChainStep[] StepsOnChain =
    [
        new SecurityPolicyStep(), new TrustStep(), new ValidityStep(), new HostNameStep(), new ApplicationUriStep(), new UsageStep(),
        new FindRevocationListStep(), new RevocationStep(),
    ];

    public static CertificateVerdict Judge(ValidationContext context)
    {
        IReadOnlyList<ApplicationCertificate> sent;
        try
        {
            sent = CertificateChainBytes.Parse(context.Check.Chain.Span);
        }
        catch (PkiException e)
        {
            return Unreadable(context.Check.Source is { } file ? $"The file {file} holds no certificate that can be read: {e.Message}" : e.Message, context.Check.Source);
        }

        var verdicts = new ChainBuilder(context.Lists, sent, context.Check.Source ?? ChainLink.SentByPeer).Build().Select(chain => JudgeChain(context, chain));
        CertificateVerdict? best = null;
        foreach (var verdict in verdicts)
        {
            if (best is null || Reach(verdict) > Reach(best)) best = verdict;
            if (best.IsAccepted) break;
        }

        return best!;
    }

    private static CertificateVerdict Unreadable(string problem, string? source)
    {
        List<StepReport> steps = [StepReport.Fail(ValidationStep.Structure, StatusCodes.BadCertificateInvalid, Cause.CertificateUnreadable, problem, source: source)];
        steps.AddRange(Enum.GetValues<ValidationStep>().Where(s => s > ValidationStep.Structure).Select(s => StepReport.NotReached(s, "There is no certificate to look at.")));
        return new(StatusCodes.BadCertificateInvalid, problem, Leaf: null, Chain: [], steps);
    }

    private static CertificateVerdict JudgeChain(ValidationContext context, CandidateChain chain)
    {
        List<StepReport> steps =
        [
            StepReport.Pass(ValidationStep.Structure, $"The certificate {CandidateChain.Describe(chain.Leaf)} can be read.", chain.Leaf),
            .. BuildReports(chain),
        ];
        if (chain.BadSignature is null) steps.AddRange(StepsOnChain.SelectMany(s => s.Run(context, chain)).Select(r => Suppress(context.Options, r)));
        else steps.AddRange(Enum.GetValues<ValidationStep>().Where(s => s > ValidationStep.Signature).Select(s => StepReport.NotReached(s, "The signature is wrong, so nothing in the certificate counts.")));

        var failure = steps.Find(s => s.Outcome == StepOutcome.Failed);
        return new CertificateVerdict(
            failure?.StatusCode ?? StatusCodes.Good,
            failure?.Text ?? $"The certificate {CandidateChain.Describe(chain.Leaf)} is trusted.",
            chain.Leaf,
            [.. chain.Links.Select(l => l.Certificate)],
            steps);
    }

    private static IEnumerable<StepReport> BuildReports(CandidateChain chain)
    {
        if (chain.BadSignature is { } bad)
        {
            yield return StepReport.Pass(ValidationStep.BuildChain, "The issuer of every certificate is known by name.");
            yield return StepReport.Fail(ValidationStep.Signature, StatusCodes.BadCertificateInvalid, Cause.SignatureWrong, chain.Problem!, bad.Certificate, bad.Source);
            yield break;
        }

        yield return chain.IsComplete
            ? StepReport.Pass(ValidationStep.BuildChain, $"The chain is {string.Join(" <- ", chain.Links.Select(l => $"{CandidateChain.Describe(l.Certificate)} ({l.Source})"))}.")
            : StepReport.Fail(ValidationStep.BuildChain, StatusCodes.BadCertificateChainIncomplete, chain.Cause, chain.Problem!, chain.Links[^1].Certificate, chain.Links[^1].Source);
        foreach (var (link, issuer) in chain.Links.Zip(chain.Links.Skip(1).Append(chain.Links[^1])))
        {
            if (link == issuer && !chain.IsComplete) yield return StepReport.NotReached(ValidationStep.Signature, $"The signature of {CandidateChain.Describe(link.Certificate)} cannot be checked without its issuer.");
            else yield return StepReport.Pass(ValidationStep.Signature, $"The signature of {CandidateChain.Describe(link.Certificate)} was made by {CandidateChain.Describe(issuer.Certificate)}.", link.Certificate);
        }
    }

    private static StepReport Suppress(CertificateValidationOptions options, StepReport report) =>
        report is { Outcome: StepOutcome.Failed, MaySuppress: true } && options.Suppresses(report.StatusCode)
            ? report with { Outcome = StepOutcome.Suppressed }
            : report;

    private static int Reach(CertificateVerdict verdict) =>
        verdict.Steps.Where(s => s.Outcome == StepOutcome.Failed).Select(s => (int)s.Step).DefaultIfEmpty(int.MaxValue).Min();
}
