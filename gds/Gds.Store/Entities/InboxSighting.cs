namespace Gds.Store;

/// <summary>Where at a gateway a certificate was seen.</summary>
public enum FindingKind
{
    /// <summary>Refused as a peer.</summary>
    Rejected = 0,

    /// <summary>Among the trusted or issuer certificates, and not from the GDS.</summary>
    Drift = 1,
}

/// <summary>What was done with a certificate at the gateway.</summary>
public enum FindingPolicy
{
    /// <summary>Nothing to decide, as for a refused peer.</summary>
    None = 0,
    Left = 1,
    Removed = 2,

    /// <summary>Left, and a person at the GDS is asked to adopt it.</summary>
    Offered = 3,
}

/// <summary>Says at which application a certificate of the inbox was seen.</summary>
public sealed class InboxSighting
{
    private InboxSighting() { }

    public InboxSighting(Guid applicationId, FindingKind kind, DateTime now)
    {
        ApplicationId = applicationId;
        Kind = kind;
        FirstSeenAt = now;
        LastSeenAt = now;
    }

    public Guid CertificateId { get; private set; }
    public Guid ApplicationId { get; private set; }
    public FindingKind Kind { get; private set; }
    public FindingPolicy Policy { get; private set; }
    public DateTime FirstSeenAt { get; private set; }
    public DateTime LastSeenAt { get; private set; }

    public void Seen(FindingPolicy policy, DateTime now)
    {
        Policy = policy;
        if (now > LastSeenAt) LastSeenAt = now;
    }
}
