using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Server.ServerConfiguration;

/// <summary>
/// Looks at certificates before a group takes them (Part 12, 7.8.2.5 and 7.10.5): the validation of Part 4, with all errors
/// ignored that an administrator may suppress.
/// </summary>
internal sealed class CertificateReview(TimeProvider time)
{
    private static readonly ValidationStep[] s_ofAuthorities =
        [ValidationStep.Structure, ValidationStep.BuildChain, ValidationStep.Signature, ValidationStep.FindRevocationList, ValidationStep.Revocation];

    /// <summary>
    /// Checks a certificate that the application itself is to use, and gives its issuers. A certificate out of its time is refused
    /// although peers could suppress that: nobody could reach the application any more.
    /// </summary>
    /// <param name="applicationUri">What its SubjectAltName has to say; null for an application that is none of OPC UA.</param>
    /// <exception cref="UaException">The code of Part 4, 6.1.3.</exception>
    public async Task<IReadOnlyList<ApplicationCertificate>> CheckOwnAsync(ApplicationCertificate own, TrustListSet lists, string? applicationUri, CancellationToken cancellationToken)
    {
        var verdict = await JudgeAsync(own, lists, applicationUri, suppressTime: false, cancellationToken).ConfigureAwait(false);
        if (!verdict.IsAccepted) throw new UaException(verdict.StatusCode, $"{verdict.Text} Issuers have to be in the trust list of the group before a certificate of theirs.");
        return [.. verdict.Chain.Skip(1)];
    }

    /// <summary>
    /// What speaks against a new trust list; null where nothing does. Entries that were there before and were no better then do not
    /// count against it.
    /// </summary>
    public async Task<ChangeProblem?> FindProblemAsync(TrustListSet before, TrustListSet next, CancellationToken cancellationToken)
    {
        if (CrlProblem(next) is { } problem) return problem;
        foreach (var certificate in next.Certificates().Distinct())
        {
            if (await FaultOfAsync(certificate, next, cancellationToken).ConfigureAwait(false) is not { } fault) continue;
            var wasThere = before.Certificates().Contains(certificate);
            if (wasThere && (await FaultOfAsync(certificate, before, cancellationToken).ConfigureAwait(false))?.StatusCode == fault.StatusCode) continue;
            return fault;
        }

        return null;
    }

    private static ChangeProblem? CrlProblem(TrustListSet next)
    {
        foreach (var crl in next.Crls())
        {
            var named = next.Certificates().Where(crl.IsFrom).ToList();
            if (named.Count == 0) return new(StatusCodes.BadCertificateInvalid, $"The revocation list of '{crl.Issuer}' belongs to no authority of the trust list.");
            if (!named.Exists(crl.IsSignedBy)) return new(StatusCodes.BadCertificateInvalid, $"The revocation list of '{crl.Issuer}' has a wrong signature.");
        }

        return null;
    }

    private async Task<ChangeProblem?> FaultOfAsync(ApplicationCertificate certificate, TrustListSet lists, CancellationToken cancellationToken)
    {
        var verdict = await JudgeAsync(certificate, lists, applicationUri: null, suppressTime: true, cancellationToken).ConfigureAwait(false);
        var failed = verdict.Steps.Where(s => s.Outcome == StepOutcome.Failed);
        if (certificate.IsCertificateAuthority) failed = failed.Where(s => s_ofAuthorities.Contains(s.Step));
        return failed.FirstOrDefault() is { } step ? new ChangeProblem(step.StatusCode, step.Text) : null;
    }

    private async Task<CertificateVerdict> JudgeAsync(ApplicationCertificate certificate, TrustListSet lists, string? applicationUri, bool suppressTime, CancellationToken cancellationToken)
    {
        var options = new CertificateValidationOptions
        {
            SuppressCertificateExpired = suppressTime,
            SuppressIssuerCertificateExpired = true,
            SuppressHostNameInvalid = true,
            SuppressRevocationStatusUnknown = true,
            SuppressIssuerRevocationStatusUnknown = true,
            SuppressUseNotAllowed = true,
            SuppressPolicyCheckFailed = true,
            CacheTime = TimeSpan.Zero,
        };
        var validator = new CertificateValidator(new PublishedTrustLists(lists.ToLists(certificate)), options, time, NullLogger<CertificateValidator>.Instance);
        return await validator.ExplainAsync(new CertificateCheck(certificate.Der, PeerRole.Server) { ApplicationUri = applicationUri }, cancellationToken).ConfigureAwait(false);
    }
}
