namespace Gds.Store;

/// <summary>What became of a certificate in the inbox.</summary>
public enum InboxState
{
    /// <summary>Waits for a person.</summary>
    Open = 0,
    Trusted = 1,
    Dismissed = 2,
}

/// <summary>A certificate that some gateway refused, or found where the GDS had not put it.</summary>
public sealed class InboxCertificate
{
    private InboxCertificate() { }

    public InboxCertificate(
        Guid id, byte[] der, string thumbprint, string sha256, string subject, string issuer, string? applicationUri,
        bool isAuthority, DateTime notBefore, DateTime notAfter, DateTime now)
    {
        Id = id;
        Der = der;
        Thumbprint = thumbprint;
        Sha256 = sha256;
        Subject = subject;
        Issuer = issuer;
        ApplicationUri = applicationUri;
        IsAuthority = isAuthority;
        NotBefore = notBefore;
        NotAfter = notAfter;
        FirstSeenAt = now;
        LastSeenAt = now;
    }

    public Guid Id { get; private set; }
    public byte[] Der { get; private set; } = [];

    /// <summary>SHA-1 of the DER, upper-case hex.</summary>
    public string Thumbprint { get; private set; } = "";

    /// <summary>SHA-256 of the DER, upper-case hex; unique.</summary>
    public string Sha256 { get; private set; } = "";

    public string Subject { get; private set; } = "";
    public string Issuer { get; private set; } = "";
    public string? ApplicationUri { get; private set; }
    public bool IsAuthority { get; private set; }
    public DateTime NotBefore { get; private set; }
    public DateTime NotAfter { get; private set; }

    public InboxState State { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTime? DecidedAt { get; private set; }

    /// <summary>The group on whose trust list it was put.</summary>
    public string? TrustedIn { get; private set; }

    public DateTime FirstSeenAt { get; private set; }
    public DateTime LastSeenAt { get; private set; }

    /// <summary>Times that it was reported; the same gateway counts once an hour.</summary>
    public long Count { get; private set; }

    public List<InboxSighting> Sightings { get; private set; } = [];

    public void Seen(DateTime now)
    {
        Count++;
        if (now > LastSeenAt) LastSeenAt = now;
    }

    public void Trust(string group, string by, DateTime now)
    {
        if (State == InboxState.Trusted) throw IllegalMoveException.Of($"Certificate {Thumbprint}", State, InboxState.Trusted);
        State = InboxState.Trusted;
        TrustedIn = group;
        Decided(by, now);
    }

    public void Dismiss(string by, DateTime now)
    {
        if (State != InboxState.Open) throw IllegalMoveException.Of($"Certificate {Thumbprint}", State, InboxState.Dismissed);
        State = InboxState.Dismissed;
        Decided(by, now);
    }

    /// <summary>It was trusted and is not any more: somebody has to decide anew.</summary>
    public void Reopen()
    {
        if (State != InboxState.Trusted) throw IllegalMoveException.Of($"Certificate {Thumbprint}", State, InboxState.Open);
        State = InboxState.Open;
        TrustedIn = null;
        DecidedBy = null;
        DecidedAt = null;
    }

    private void Decided(string by, DateTime now)
    {
        DecidedBy = by;
        DecidedAt = now;
    }
}
