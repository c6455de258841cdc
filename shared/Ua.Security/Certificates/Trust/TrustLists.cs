using System.Collections.Immutable;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>A certificate of a list and the file or record it stands in.</summary>
public sealed record TrustListCertificate(ApplicationCertificate Certificate, string Source);

/// <summary>A revocation list and the file or record it stands in.</summary>
public sealed record TrustListCrl(CertificateRevocationList Crl, string Source);

/// <summary>A file in a trust folder that says nothing, and why.</summary>
public sealed record SkippedFile(string Path, string Reason);

/// <summary>
/// What is trusted at one moment: an immutable snapshot of a TrustList (Part 12, 7.8.2). A new state is a new object,
/// so whoever holds on to conclusions compares references.
/// </summary>
public sealed class TrustLists
{
    private readonly Dictionary<string, List<TrustListCertificate>> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TrustListCrl>> _crlsByIssuer = new(StringComparer.Ordinal);
    private readonly Dictionary<ApplicationCertificate, string> _trusted = [];

    public TrustLists(
        IEnumerable<TrustListCertificate> trustedCertificates,
        IEnumerable<TrustListCrl> trustedCrls,
        IEnumerable<TrustListCertificate> issuerCertificates,
        IEnumerable<TrustListCrl> issuerCrls,
        IEnumerable<SkippedFile>? skipped = null)
    {
        TrustedCertificates = [.. trustedCertificates];
        TrustedCrls = [.. trustedCrls];
        IssuerCertificates = [.. issuerCertificates];
        IssuerCrls = [.. issuerCrls];
        Skipped = skipped is null ? [] : [.. skipped];
        foreach (var each in TrustedCertificates) _trusted.TryAdd(each.Certificate, each.Source);
        foreach (var each in TrustedCertificates.Concat(IssuerCertificates)) Add(_bySubject, each.Certificate.Subject, each);
        foreach (var each in TrustedCrls.Concat(IssuerCrls)) Add(_crlsByIssuer, each.Crl.Issuer, each);
    }

    public static TrustLists Empty { get; } = new([], [], [], []);

    public ImmutableArray<TrustListCertificate> TrustedCertificates { get; }

    public ImmutableArray<TrustListCrl> TrustedCrls { get; }

    /// <summary>Certificates that serve to build chains and are not trusted by themselves.</summary>
    public ImmutableArray<TrustListCertificate> IssuerCertificates { get; }

    public ImmutableArray<TrustListCrl> IssuerCrls { get; }

    /// <summary>Files that were found but not understood.</summary>
    public ImmutableArray<SkippedFile> Skipped { get; }

    /// <summary>The file that makes exactly this certificate trusted, or null.</summary>
    public string? SourceOfTrust(ApplicationCertificate certificate) => _trusted.GetValueOrDefault(certificate);

    /// <summary>All certificates of both lists that carry the name, trusted ones first.</summary>
    internal IReadOnlyList<TrustListCertificate> WithSubject(string subject) => Find(_bySubject, subject);

    internal IReadOnlyList<TrustListCrl> CrlsNaming(string issuer) => Find(_crlsByIssuer, issuer);

    internal static TrustLists Union(IReadOnlyList<TrustLists> parts) => new(
        parts.SelectMany(p => p.TrustedCertificates),
        parts.SelectMany(p => p.TrustedCrls),
        parts.SelectMany(p => p.IssuerCertificates),
        parts.SelectMany(p => p.IssuerCrls),
        parts.SelectMany(p => p.Skipped));

    private static void Add<T>(Dictionary<string, List<T>> index, string name, T item)
    {
        var key = Fold(name);
        if (!index.TryGetValue(key, out var list)) index[key] = list = [];
        list.Add(item);
    }

    private static List<T> Find<T>(Dictionary<string, List<T>> index, string name) => index.GetValueOrDefault(Fold(name)) ?? [];

    /// <summary>A key under which names that RFC 5280, 7.1 holds to be equal meet; the exact comparison follows.</summary>
    private static string Fold(string name) => string.Concat(name.Where(c => c != ' ')).ToUpperInvariant();
}
