using GatewayAgent.Findings;

namespace GatewayAgent.State;

/// <summary>A finding that the GDS has not heard of yet.</summary>
/// <param name="Certificate">DER.</param>
internal sealed record UnsentFinding(FindingKind Kind, FindingTreatment Treatment, byte[] Certificate, DateTimeOffset Seen)
{
    public bool IsSame(UnsentFinding other) => Kind == other.Kind && Treatment == other.Treatment && Certificate.AsSpan().SequenceEqual(other.Certificate);
}

/// <summary>
/// The findings of an application that wait for a GDS that is away: a gateway may clear its folder of rejected certificates
/// meanwhile. The oldest go when there are too many.
/// </summary>
internal sealed record UnsentFindings(IReadOnlyList<UnsentFinding> Waiting)
{
    public const int Most = 200;

    public static UnsentFindings None { get; } = new([]);

    public UnsentFindings With(IEnumerable<UnsentFinding> found)
    {
        List<UnsentFinding> all = [.. found];
        all.AddRange(Waiting.Where(w => !all.Exists(w.IsSame)));
        return new([.. all.OrderByDescending(f => f.Seen).Take(Most)]);
    }
}
