using System.Security.Cryptography;
using System.Text;

namespace Ua.Security.Certificates;

/// <summary>
/// Verdicts of the last minutes, so that a session does not cost the same signatures again. An entry holds for exactly one
/// state of the trust lists and not beyond the next date in the chain or its revocation lists.
/// </summary>
internal sealed class VerdictCache
{
    public const int MostEntries = 512;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (CertificateVerdict Verdict, DateTimeOffset Until)> _entries = new(StringComparer.Ordinal);
    private TrustLists? _lists;

    public CertificateVerdict? Find(string key, TrustLists lists, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_lists, lists)) return null;
            return _entries.TryGetValue(key, out var entry) && now < entry.Until ? entry.Verdict : null;
        }
    }

    public void Keep(string key, ValidationContext context, CertificateVerdict verdict)
    {
        var until = Until(context, verdict);
        lock (_lock)
        {
            if (!ReferenceEquals(_lists, context.Lists) || _entries.Count >= MostEntries)
            {
                _entries.Clear();
                _lists = context.Lists;
            }

            _entries[key] = (verdict, until);
        }
    }

    /// <summary>The same question has the same key; lengths keep the parts apart.</summary>
    public static string KeyOf(CertificateCheck check)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{(int)check.Role}|{check.ApplicationUri?.Length ?? -1}|{check.ApplicationUri}|{check.HostName?.Length ?? -1}|{check.HostName}|{check.KeyRule?.Key}|"));
        hash.AppendData(check.Chain.Span);
        return Convert.ToHexString(hash.GetCurrentHash());
    }

    /// <summary>The first date after now at which a step could end differently.</summary>
    private static DateTimeOffset Until(ValidationContext context, CertificateVerdict verdict)
    {
        var crls = verdict.Chain.Skip(1).SelectMany(c => context.Lists.CrlsNaming(c.Subject)).SelectMany(c => new[] { c.Crl.ThisUpdate, c.Crl.NextUpdate ?? DateTimeOffset.MaxValue });
        var known = context.Lists.WithSubject(verdict.Leaf?.Issuer ?? "").SelectMany(c => new[] { c.Certificate.NotBefore, c.Certificate.NotAfter });
        var skew = context.Options.ClockSkew;
        return verdict.Chain.SelectMany(c => new[] { c.NotBefore, c.NotAfter })
            .Concat(crls)
            .Concat(known)
            .SelectMany(d => new[] { Shift(d, -skew), Shift(d, skew) })
            .Where(d => d > context.Now)
            .Append(context.Now + context.Options.CacheTime)
            .Min();
    }

    private static DateTimeOffset Shift(DateTimeOffset date, TimeSpan by) =>
        date > DateTimeOffset.MaxValue - TimeSpan.FromDays(2) || date < DateTimeOffset.MinValue + TimeSpan.FromDays(2) ? date : date + by;
}
