namespace Gds.Store;

/// <summary>When an application was heard of last; written in batches, now and then.</summary>
public sealed class ApplicationContact
{
    private ApplicationContact() { }

    public ApplicationContact(Guid applicationId, DateTime at) => (ApplicationId, LastContactAt) = (applicationId, at);

    public Guid ApplicationId { get; private set; }
    public DateTime LastContactAt { get; private set; }

    /// <summary>Only forward.</summary>
    public void Heard(DateTime at)
    {
        if (at > LastContactAt) LastContactAt = at;
    }
}
