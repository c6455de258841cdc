using Microsoft.Extensions.Logging;

namespace Ua.Security.Certificates;

/// <summary>
/// Judges certificates of peers in the order of Part 4, 6.1.3 against the trust lists of this moment. One validator serves
/// one endpoint or one client, since each has its own options; safe to use from several threads.
/// </summary>
public sealed class CertificateValidator
{
    private readonly ITrustListSource _trust;
    private readonly CertificateValidationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RejectedCertificates? _rejected;
    private readonly VerdictCache _cache = new();

    /// <param name="rejected">Where unknown certificates are kept for a person to decide; null keeps none.</param>
    public CertificateValidator(
        ITrustListSource trust,
        CertificateValidationOptions options,
        TimeProvider time,
        ILogger<CertificateValidator> logger,
        RejectedCertificates? rejected = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _trust = trust;
        _options = options;
        _time = time;
        _logger = logger;
        _rejected = rejected;
        if (options.IsOpenToAll) Log.AcceptsEveryCertificate(logger);
    }

    public CertificateValidationOptions Options => _options;

    /// <summary>Every client is let in: a health report says so as long as this is true.</summary>
    public bool AcceptsEveryCertificate => _options.IsOpenToAll;

    /// <summary>Raised when the trust lists have changed: open channels and sessions are to be judged again.</summary>
    public event Action? TrustChanged
    {
        add => _trust.Changed += value;
        remove => _trust.Changed -= value;
    }

    /// <summary>Judges a peer that connects: the outcome is logged, and an unknown certificate is kept among the rejected ones. A refusal is a verdict, not an exception.</summary>
    public async Task<CertificateVerdict> ValidateAsync(CertificateCheck check, CancellationToken cancellationToken = default)
    {
        var verdict = Admission.Decide(await JudgeAsync(check, cancellationToken).ConfigureAwait(false), check, _options);
        Report(check, verdict);
        if (verdict.Leaf is { } leaf && _rejected is not null && IsToBeKept(verdict)) await _rejected.KeepAsync(leaf, cancellationToken).ConfigureAwait(false);
        return verdict;
    }

    /// <summary>The same judgement with every step in full, without any effect: nothing is kept, logged or reused.</summary>
    public async Task<CertificateVerdict> ExplainAsync(CertificateCheck check, CancellationToken cancellationToken = default)
    {
        var lists = await _trust.CurrentAsync(cancellationToken).ConfigureAwait(false);
        return Admission.Decide(ChainJudge.Judge(new ValidationContext(check, _options, lists, _time.GetUtcNow())), check, _options);
    }

    private async Task<CertificateVerdict> JudgeAsync(CertificateCheck check, CancellationToken cancellationToken)
    {
        var lists = await _trust.SeenSinceAsync(check.SeenSince, cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        var key = VerdictCache.KeyOf(check);
        if (_cache.Find(key, lists, now) is { } known) return known;
        var context = new ValidationContext(check, _options, lists, now);
        var verdict = ChainJudge.Judge(context);
        _cache.Keep(key, context, verdict);
        return verdict;
    }

    private bool IsToBeKept(CertificateVerdict verdict) =>
        Admission.IsUnknown(verdict) && !verdict.AcceptedUnchecked && (!verdict.FirstContact || _options.KeepFirstContactCertificates);

    private void Report(CertificateCheck check, CertificateVerdict verdict)
    {
        foreach (var step in verdict.Suppressed) Log.ErrorSuppressed(_logger, step.StatusCode, step.Text);
        if (!verdict.IsAccepted) Log.CertificateRefused(_logger, check.Role, verdict.StatusCode, verdict.Text);
        else if (verdict.AcceptedUnchecked) Log.AcceptedUnchecked(_logger, check.Role, verdict.Text);
        else if (verdict.FirstContact) Log.FirstContact(_logger, verdict.Text);
    }
}
