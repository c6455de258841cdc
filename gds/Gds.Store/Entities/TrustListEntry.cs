namespace Gds.Store;

/// <summary>The list of TrustListDataType that an entry belongs to (Part 12, 7.8.2.7).</summary>
public enum TrustListPart
{
    TrustedCertificate = 0,
    TrustedCrl = 1,
    IssuerCertificate = 2,
    IssuerCrl = 3,
}

/// <summary>A certificate or CRL that an administrator put on a group's trust list, beside our own CA.</summary>
public sealed class TrustListEntry
{
    private TrustListEntry() { }

    public TrustListEntry(int groupId, TrustListPart part, byte[] der, string thumbprint, string subject, DateTime notAfter, string addedBy, DateTime now)
    {
        GroupId = groupId;
        Part = part;
        Der = der;
        Thumbprint = thumbprint;
        Subject = subject;
        NotAfter = notAfter;
        AddedBy = addedBy;
        AddedAt = now;
    }

    public long Id { get; private set; }
    public int GroupId { get; private set; }
    public TrustListPart Part { get; private set; }
    public byte[] Der { get; private set; } = [];

    /// <summary>SHA-1 of the DER, upper-case hex.</summary>
    public string Thumbprint { get; private set; } = "";

    /// <summary>Subject of a certificate, issuer of a CRL.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>End of a certificate's validity, nextUpdate of a CRL.</summary>
    public DateTime NotAfter { get; private set; }

    public string AddedBy { get; private set; } = "";
    public DateTime AddedAt { get; private set; }
}
