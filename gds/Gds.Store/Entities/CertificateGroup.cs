namespace Gds.Store;

/// <summary>A set of applications that share certificate types and one trust list (Part 12, 7.8.3).</summary>
public sealed class CertificateGroup
{
    private const int MostTimes = 128;

    private CertificateGroup() { }

    public CertificateGroup(string name, uint purpose, DateTime now)
    {
        Name = name;
        Purpose = purpose;
        TrustListUpdatedAt = now;
        TrustListTimes = [now];
    }

    public int Id { get; private set; }

    /// <summary>Browse name, such as DefaultApplicationGroup; unique.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Namespace 0 id of the type that all certificate types of the group derive from.</summary>
    public uint Purpose { get; private set; }

    /// <summary>Counts the changes of the trust list.</summary>
    public long TrustListVersion { get; private set; }

    /// <summary>LastUpdateTime of the trust list; strictly rising.</summary>
    public DateTime TrustListUpdatedAt { get; private set; }

    /// <summary>
    /// Times at which the trust list changed, oldest first, the present LastUpdateTime last: from them follows since when
    /// a copy is out of date. Bounded: older times stand further apart.
    /// </summary>
    public IReadOnlyList<DateTime> TrustListTimes { get; private set; } = [];

    public List<CertificateGroupType> Types { get; private set; } = [];

    public void TrustListChanged(DateTime now)
    {
        TrustListVersion++;
        var next = TrustListUpdatedAt.AddMilliseconds(1);
        TrustListUpdatedAt = now > next ? now : next;
        TrustListTimes = [.. Thinned(TrustListTimes), TrustListUpdatedAt];
    }

    // Of the older half every second one goes, so that many changes at once do not push out what is long past.
    private static IEnumerable<DateTime> Thinned(IReadOnlyList<DateTime> times)
        => times.Count < MostTimes ? times : times.Where((_, i) => i >= MostTimes / 2 || i % 2 == 0);
}
