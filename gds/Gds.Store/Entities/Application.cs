namespace Gds.Store;

/// <summary>A registered application (ApplicationRecordDataType, Part 12, 6.5.5).</summary>
public sealed class Application
{
    private Application() { }

    public Application(Guid id, string applicationUri, string registeredBy, Guid? enrolledByToken, DateTime now)
    {
        Id = id;
        ApplicationUri = applicationUri;
        RegisteredBy = registeredBy;
        EnrolledByToken = enrolledByToken;
        CreatedAt = now;
        UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>Number of the last create or update; rises for ever and orders the answers of QueryApplications.</summary>
    public uint RecordId { get; private set; }

    public string ApplicationUri { get; private set; } = "";
    public ApplicationType ApplicationType { get; private set; }
    public IReadOnlyList<ApplicationName> Names { get; private set; } = [];
    public string ProductUri { get; private set; } = "";
    public IReadOnlyList<string> DiscoveryUrls { get; private set; } = [];
    public IReadOnlyList<string> ServerCapabilities { get; private set; } = [];
    public string RegisteredBy { get; private set; } = "";

    /// <summary>The enrolment token that registered it, if one did.</summary>
    public Guid? EnrolledByToken { get; private set; }

    /// <summary>LIKE pattern of the ApplicationUris that this application may register and then administer.</summary>
    public string? AdminPattern { get; private set; }

    public DateTime CreatedAt { get; private set; }
    public DateTime UpdatedAt { get; private set; }

    /// <summary>Replaces all that a registration may change, under a new record id.</summary>
    public void Describe(
        uint recordId,
        ApplicationType type,
        IReadOnlyList<ApplicationName> names,
        string productUri,
        IReadOnlyList<string> discoveryUrls,
        IReadOnlyList<string> serverCapabilities,
        DateTime now)
    {
        RecordId = recordId;
        ApplicationType = type;
        Names = names;
        ProductUri = productUri;
        DiscoveryUrls = discoveryUrls;
        ServerCapabilities = serverCapabilities;
        UpdatedAt = now;
    }

    public void MayAdminister(string? pattern) => AdminPattern = pattern;
}
