using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>What the alarms of a certificate group have to know of it. All members are asked whenever the facts changed or something falls due.</summary>
public interface ICertificateGroupFacts
{
    /// <summary>The certificates in force: of a type, and of an owner where the group has several, only the newest.</summary>
    ValueTask<IReadOnlyList<CertificateInForce>> CertificatesAsync(CancellationToken cancellationToken);

    /// <summary>The DER of one of them.</summary>
    ValueTask<byte[]?> ReadAsync(CertificateInForce certificate, CancellationToken cancellationToken);

    ValueTask<TrustListFreshness> TrustListAsync(CancellationToken cancellationToken);
}

/// <summary>A certificate that is used now.</summary>
/// <param name="CertificateType">Its type; null where that is not known.</param>
/// <param name="NotAfter">When it ends (UTC).</param>
/// <param name="Owner">Whose it is, where the group has several owners.</param>
public sealed record CertificateInForce(NodeId CertificateType, string Thumbprint, DateTime NotAfter, string? Owner = null);

/// <summary>How current a trust list is.</summary>
/// <param name="LastUpdateTime">When it was updated last (UTC); DateTime.MinValue where that is not known.</param>
/// <param name="UpdateFrequency">How often it has to be updated; zero where it need not be.</param>
/// <param name="Due">What makes it out of date, and when.</param>
public sealed record TrustListFreshness(DateTime LastUpdateTime, TimeSpan UpdateFrequency, IReadOnlyList<TrustListDue> Due)
{
    /// <summary>A list that is out of date when the frequency has gone by since its last update (Part 12, 7.8.2.11).</summary>
    /// <param name="lastUpdateTime">When it was updated last (UTC); DateTime.MinValue where that is not known.</param>
    /// <param name="updateFrequency">How often it has to be updated; zero where it need not be.</param>
    /// <param name="watchedSince">Stands in for an update that is not known.</param>
    /// <param name="more">What else makes it out of date, such as a revocation list that ends.</param>
    public static TrustListFreshness OfUpdates(DateTime lastUpdateTime, TimeSpan updateFrequency, DateTime watchedSince, params IEnumerable<TrustListDue> more)
    {
        if (updateFrequency <= TimeSpan.Zero) return new(lastUpdateTime, TimeSpan.Zero, [.. more]);
        var since = lastUpdateTime == DateTime.MinValue ? watchedSince : lastUpdateTime;
        var at = DateTime.MaxValue - since < updateFrequency ? DateTime.MaxValue : since + updateFrequency;
        return new(lastUpdateTime, updateFrequency, [new TrustListDue(at, $"not updated since {since:u}"), .. more]);
    }
}

/// <summary>Something that makes a trust list out of date from an instant on.</summary>
/// <param name="At">From when on (UTC).</param>
/// <param name="What">What it is, in words that stay the same for as long as it does, such as "the revocation list of CN=CA ends at ...".</param>
public sealed record TrustListDue(DateTime At, string What);
