namespace Gds.Store;

public enum AuthorityState
{
    /// <summary>Its key is being made; nothing counts yet.</summary>
    Preparing = 0,

    /// <summary>Issues certificates and CRLs.</summary>
    Active = 1,

    /// <summary>Issues CRLs only, until what it issued has expired.</summary>
    Retired = 2,
}

/// <summary>A certificate authority of a group: its certificate, where its key lies, and its CRL counter.</summary>
public sealed class CertificateAuthorityRecord
{
    private CertificateAuthorityRecord() { }

    public CertificateAuthorityRecord(Guid id, int groupId, string keyReference, DateTime now)
    {
        Id = id;
        GroupId = groupId;
        KeyReference = keyReference;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }
    public int GroupId { get; private set; }

    /// <summary>Name under which the authority's key store finds the key; never the key itself.</summary>
    public string KeyReference { get; private set; } = "";

    public AuthorityState State { get; private set; }
    public byte[] Certificate { get; private set; } = [];

    /// <summary>SHA-1 of the certificate, upper-case hex, the name OPC UA tools show.</summary>
    public string Thumbprint { get; private set; } = "";

    public string Subject { get; private set; } = "";
    public DateTime NotBefore { get; private set; }
    public DateTime NotAfter { get; private set; }
    public long CrlNumber { get; private set; }
    public DateTime CreatedAt { get; private set; }

    public void Activate(byte[] certificate, string thumbprint, string subject, DateTime notBefore, DateTime notAfter)
    {
        MoveTo(AuthorityState.Active, from: AuthorityState.Preparing);
        Certificate = certificate;
        Thumbprint = thumbprint;
        Subject = subject;
        NotBefore = notBefore;
        NotAfter = notAfter;
    }

    public void Retire() => MoveTo(AuthorityState.Retired, from: AuthorityState.Active);

    /// <summary>Takes the number of a CRL that is about to be signed; numbers only rise.</summary>
    public void CrlIssued(long number)
    {
        if (number <= CrlNumber)
            throw new IllegalMoveException($"CRL number {number} of authority {Id} does not rise above {CrlNumber}.");
        CrlNumber = number;
    }

    private void MoveTo(AuthorityState to, AuthorityState from)
    {
        if (State != from) throw IllegalMoveException.Of($"Authority {Id}", State, to);
        State = to;
    }
}
