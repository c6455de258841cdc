namespace Gds.Store;

/// <summary>Gives one application the ApplicationAdmin privilege for another (Part 12, 6.2).</summary>
public sealed class ApplicationAdminGrant
{
    private ApplicationAdminGrant() { }

    public ApplicationAdminGrant(Guid clientId, Guid managedId, string grantedBy, DateTime now)
    {
        ClientId = clientId;
        ManagedId = managedId;
        GrantedBy = grantedBy;
        GrantedAt = now;
    }

    public Guid ClientId { get; private set; }
    public Guid ManagedId { get; private set; }
    public string GrantedBy { get; private set; } = "";
    public DateTime GrantedAt { get; private set; }
}
