namespace Gds.Store;

public enum CertificateState
{
    /// <summary>The serial number is recorded; something may have been signed under it.</summary>
    Reserved = 0,
    Issued = 1,
    Revoked = 2,
    Expired = 3,

    /// <summary>Nothing that was signed under this serial number was ever handed out.</summary>
    Void = 4,
}

/// <summary>Why a certificate was revoked, with the numbers of RFC 5280, 5.3.1.</summary>
public enum RevocationCause
{
    Unspecified = 0,
    KeyCompromise = 1,
    CaCompromise = 2,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
}

/// <summary>A certificate of ours, from the reservation of its serial number to its end.</summary>
public sealed class IssuedCertificate
{
    private IssuedCertificate() { }

    /// <summary>Records a serial number before anything is signed under it.</summary>
    public IssuedCertificate(Guid id, Guid authorityId, string serialNumber, DateTime now)
    {
        Id = id;
        AuthorityId = authorityId;
        SerialNumber = serialNumber;
        ReservedAt = now;
    }

    public Guid Id { get; private set; }
    public Guid AuthorityId { get; private set; }

    /// <summary>Upper-case hex of the serial number's bytes, unique for its authority.</summary>
    public string SerialNumber { get; private set; } = "";

    public CertificateState State { get; private set; }
    public DateTime ReservedAt { get; private set; }

    /// <summary>The application it was issued to; stays when the application is unregistered.</summary>
    public Guid? ApplicationId { get; private set; }

    public string? ApplicationUri { get; private set; }
    public int? GroupId { get; private set; }
    public uint? TypeId { get; private set; }
    public byte[]? Certificate { get; private set; }
    public string? Thumbprint { get; private set; }
    public string? Subject { get; private set; }

    /// <summary>DNS names and addresses in the certificate; a renewal for the same ones needs no person.</summary>
    public IReadOnlyList<string> HostNames { get; private set; } = [];

    public DateTime? NotBefore { get; private set; }
    public DateTime? NotAfter { get; private set; }
    public DateTime? IssuedAt { get; private set; }
    public DateTime? RevokedAt { get; private set; }
    public RevocationCause? RevocationCause { get; private set; }

    public void Issue(
        Guid applicationId,
        string applicationUri,
        int groupId,
        uint typeId,
        byte[] certificate,
        string thumbprint,
        string subject,
        IReadOnlyList<string> hostNames,
        DateTime notBefore,
        DateTime notAfter,
        DateTime now)
    {
        MoveTo(CertificateState.Issued, from: CertificateState.Reserved);
        ApplicationId = applicationId;
        ApplicationUri = applicationUri;
        GroupId = groupId;
        TypeId = typeId;
        Certificate = certificate;
        Thumbprint = thumbprint;
        Subject = subject;
        HostNames = hostNames;
        NotBefore = notBefore;
        NotAfter = notAfter;
        IssuedAt = now;
    }

    public void Void() => MoveTo(CertificateState.Void, from: CertificateState.Reserved);

    public void Expire() => MoveTo(CertificateState.Expired, from: CertificateState.Issued);

    public void Revoke(RevocationCause cause, DateTime now)
    {
        MoveTo(CertificateState.Revoked, from: CertificateState.Issued);
        RevocationCause = cause;
        RevokedAt = now;
    }

    private void MoveTo(CertificateState to, CertificateState from)
    {
        if (State != from) throw IllegalMoveException.Of($"Certificate {SerialNumber}", State, to);
        State = to;
    }
}
