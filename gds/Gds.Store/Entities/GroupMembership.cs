namespace Gds.Store;

/// <summary>Says that an application belongs to a certificate group.</summary>
public sealed class GroupMembership
{
    private GroupMembership() { }

    public GroupMembership(Guid applicationId, int groupId, DateTime now)
    {
        ApplicationId = applicationId;
        GroupId = groupId;
        JoinedAt = now;
    }

    public Guid ApplicationId { get; private set; }
    public int GroupId { get; private set; }
    public DateTime JoinedAt { get; private set; }
}
