namespace Gds.Store;

/// <summary>A set of applications that share certificate types and one trust list (Part 12, 7.8.3).</summary>
public sealed class CertificateGroup
{
    private CertificateGroup() { }

    public CertificateGroup(string name, uint purpose, DateTime now)
    {
        Name = name;
        Purpose = purpose;
        TrustListUpdatedAt = now;
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

    public List<CertificateGroupType> Types { get; private set; } = [];

    public void TrustListChanged(DateTime now)
    {
        TrustListVersion++;
        var next = TrustListUpdatedAt.AddMilliseconds(1);
        TrustListUpdatedAt = now > next ? now : next;
    }
}
