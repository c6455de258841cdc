namespace Gds.Store;

/// <summary>A revocation list that an authority of ours signed; the highest number counts.</summary>
public sealed class Crl
{
    private Crl() { }

    public Crl(Guid authorityId, long number, byte[] der, DateTime thisUpdate, DateTime nextUpdate)
    {
        AuthorityId = authorityId;
        Number = number;
        Der = der;
        ThisUpdate = thisUpdate;
        NextUpdate = nextUpdate;
    }

    public Guid AuthorityId { get; private set; }
    public long Number { get; private set; }
    public byte[] Der { get; private set; } = [];
    public DateTime ThisUpdate { get; private set; }
    public DateTime NextUpdate { get; private set; }
}
