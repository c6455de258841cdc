using System.Collections.Immutable;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>When CertificateExpired is active (Part 9, 5.8.24.7; Part 12, 7.8.3.1): a certificate in force has ended or nears its end.</summary>
internal static class CertificateExpiredRule
{
    public const ushort NormalSeverity = 100;
    public const ushort NearSeverity = 500;
    public const ushort ExpiredSeverity = 900;

    /// <param name="certificates">All certificates in force.</param>
    /// <param name="soonest">The DER of the one that ends first; null where there is none.</param>
    /// <param name="limit">How long before the end the alarm is raised.</param>
    /// <param name="now">UTC.</param>
    public static AlarmSituation Judge(IReadOnlyList<CertificateInForce> certificates, byte[]? soonest, TimeSpan limit, DateTime now)
    {
        var ending = certificates.Where(c => Near(c, limit) <= now).OrderBy(c => c.NotAfter).ToList();
        var ended = ending.Count(c => c.NotAfter <= now);
        var severity = ended > 0 ? ExpiredSeverity : ending.Count > 0 ? NearSeverity : NormalSeverity;
        return new AlarmSituation([.. ending.Select(c => Cause(c, now))], severity, Sentence(ending, ended, certificates, now), Fields(Soonest(certificates), soonest, limit));
    }

    public static CertificateInForce? Soonest(IReadOnlyList<CertificateInForce> certificates) => certificates.MinBy(c => c.NotAfter);

    /// <summary>When the judgement changes by itself next; null where it does not.</summary>
    public static DateTime? Next(IReadOnlyList<CertificateInForce> certificates, TimeSpan limit, DateTime now)
    {
        DateTime? next = null;
        foreach (var certificate in certificates)
        {
            var at = Near(certificate, limit) > now ? Near(certificate, limit) : certificate.NotAfter;
            if (at > now && (next is null || at < next)) next = at;
        }

        return next;
    }

    private static DateTime Near(CertificateInForce certificate, TimeSpan limit) =>
        certificate.NotAfter - DateTime.MinValue > limit ? certificate.NotAfter - limit : DateTime.MinValue;

    private static string Cause(CertificateInForce certificate, DateTime now) =>
        certificate.NotAfter <= now ? $"{certificate.Thumbprint} ended" : $"{certificate.Thumbprint} ends";

    private static string Sentence(List<CertificateInForce> ending, int ended, IReadOnlyList<CertificateInForce> all, DateTime now)
    {
        if (ending.Count == 0) return all.Count == 0 ? "There is no certificate." : "No certificate nears its end.";
        if (ending is [{ Owner: null } own]) return own.NotAfter <= now ? $"The certificate ended at {own.NotAfter:u}." : $"The certificate ends at {own.NotAfter:u}.";
        var what = ended == 0 ? "near their end" : ended == ending.Count ? "have ended" : $"near their end, {ended} of them have ended";
        var count = ending.Count == 1 ? ended == 1 ? "1 certificate has ended" : "1 certificate nears its end" : $"{ending.Count} certificates {what}";
        return $"{count}: {Names.First(ending.Select(c => $"{c.Owner ?? c.Thumbprint} ({c.NotAfter:u})"), ending.Count)}.";
    }

    private static ImmutableSortedDictionary<string, Variant> Fields(CertificateInForce? soonest, byte[]? der, TimeSpan limit) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new KeyValuePair<string, Variant>[]
        {
            new("ExpirationDate", soonest?.NotAfter ?? DateTime.MinValue),
            new("ExpirationLimit", limit.TotalMilliseconds),
            new("CertificateType", soonest?.CertificateType ?? NodeId.Null),
            new("Certificate", der),
        });
}
