using Gds.Core.Access;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Core.TrustLists;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Certificates;

/// <summary>The first fault that was found; each maps to one status code.</summary>
public enum RevocationStatus
{
    Good,

    /// <summary>Bad_CertificateInvalid: it cannot be read, or its signature is wrong.</summary>
    CertificateInvalid,

    /// <summary>Bad_CertificateChainIncomplete: the issuer is on no trust list here.</summary>
    IssuerUnknown,

    /// <summary>Bad_CertificateRevocationUnknown: the issuer's CRL is missing or out of date.</summary>
    RevocationUnknown,

    /// <summary>Bad_CertificateRevoked.</summary>
    Revoked,

    /// <summary>Bad_CertificateIssuerRevocationUnknown.</summary>
    IssuerRevocationUnknown,

    /// <summary>Bad_CertificateIssuerRevoked.</summary>
    IssuerRevoked,
}

/// <summary>When to ask again is null where it is not known.</summary>
public sealed record RevocationAnswer(RevocationStatus Status, DateTime? ValidityTime, string Text);

/// <summary>CheckRevocationStatus (Part 12, 7.9.11): signature and CRLs, for our CAs and for those that the trust lists hold.</summary>
public sealed class RevocationCheck
{
    private const int LongestChain = 8;

    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly Auditor _auditor;
    private readonly TimeProvider _time;

    internal RevocationCheck(IDbContextFactory<GdsDbContext> factory, LiveState live, Auditor auditor, TimeProvider time)
        => (_factory, _live, _auditor, _time) = (factory, live, auditor, time);

    /// <summary>Any authenticated client may ask; the caller has done all other checks.</summary>
    public Task<RevocationAnswer> CheckAsync(Caller caller, ReadOnlyMemory<byte> certificate, CancellationToken cancellationToken)
        => _auditor.ReadAsync(new Deed(caller, "certificate.check", "CheckRevocationStatus"), async () =>
        {
            Demands.Signed(caller, "CheckRevocationStatus");
            return await CheckAsync(certificate, cancellationToken);
        }, cancellationToken);

    private async Task<RevocationAnswer> CheckAsync(ReadOnlyMemory<byte> der, CancellationToken cancellationToken)
    {
        ApplicationCertificate certificate;
        try
        {
            certificate = CertificateChainBytes.Parse(der.Span)[0];
        }
        catch (PkiException e)
        {
            return new(RevocationStatus.CertificateInvalid, null, e.Message);
        }
        var authorities = _live.Current.Groups.Values.SelectMany(g => TrustListSnapshot.Of(g).Authorities).ToList();
        var answer = CheckChain(certificate, authorities, _time.GetUtcNow());
        return answer.Status == RevocationStatus.Good && await WasVoidedAsync(certificate, cancellationToken)
            ? new(RevocationStatus.Revoked, answer.ValidityTime, $"'{certificate.Subject}' carries a serial number under which nothing was handed out.")
            : answer;
    }

    private static RevocationAnswer CheckChain(
        ApplicationCertificate certificate, List<(ApplicationCertificate Authority, CertificateRevocationList? Crl)> authorities, DateTimeOffset now)
    {
        DateTime? validity = null;
        var current = certificate;
        for (var depth = 0; depth < LongestChain; depth++)
        {
            if (current.IsSelfSigned) return depth == 0 ? OwnWord(certificate, authorities) : Good(validity);
            var named = authorities.FindAll(a => a.Authority.IsIssuerOf(current));
            if (named.Count == 0) return new(RevocationStatus.IssuerUnknown, null, $"The issuer '{current.Issuer}' of '{current.Subject}' is on no trust list here.");
            var signers = named.FindAll(a => current.IsSignedBy(a.Authority));
            if (signers.Count == 0) return new(RevocationStatus.CertificateInvalid, null, $"The signature of '{current.Subject}' was not made by '{current.Issuer}'.");
            var (issuer, crl) = signers.Find(s => s.Crl is not null) is { Authority: not null } withCrl ? withCrl : signers[0];
            var isLeaf = depth == 0;
            if (crl is null || crl.NextUpdate is { } end && end <= now)
                return new(isLeaf ? RevocationStatus.RevocationUnknown : RevocationStatus.IssuerRevocationUnknown, null, $"There is no current CRL of '{issuer.Subject}'.");
            if (crl.Find(current) is { } entry)
                return new(isLeaf ? RevocationStatus.Revoked : RevocationStatus.IssuerRevoked, crl.NextUpdate?.UtcDateTime, $"'{current.Subject}' was revoked at {entry.RevokedAt:u}.");
            if (crl.NextUpdate is { } next && (validity is null || next.UtcDateTime < validity)) validity = next.UtcDateTime;
            current = issuer;
        }
        return new(RevocationStatus.IssuerUnknown, null, $"The chain of '{certificate.Subject}' is longer than {LongestChain}.");
    }

    // A self-signed certificate has no CRL but its own authority's; for a CA of ours that is known to be good.
    private static RevocationAnswer OwnWord(ApplicationCertificate certificate, List<(ApplicationCertificate Authority, CertificateRevocationList? Crl)> authorities)
        => authorities.Exists(a => a.Authority.Equals(certificate))
            ? Good(null)
            : new(RevocationStatus.IssuerUnknown, null, $"'{certificate.Subject}' is self-signed and on no trust list here.");

    private static RevocationAnswer Good(DateTime? validity) => new(RevocationStatus.Good, validity, "Not revoked.");

    // Something signed under a serial number whose issuing was never completed must not count.
    private async Task<bool> WasVoidedAsync(ApplicationCertificate certificate, CancellationToken cancellationToken)
    {
        var ours = _live.Current.Groups.Values.SelectMany(g => g.Authorities).FirstOrDefault(a => a.Certificate.IsIssuerOf(certificate));
        if (ours is null) return false;
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        return !await db.IssuedCertificates.AnyAsync(c => c.AuthorityId == ours.Id && c.Thumbprint == certificate.Thumbprint, cancellationToken);
    }
}
