using Gds.Store;

namespace Gds.Core.Applications;

/// <summary>What a caller says about an application when it registers or updates it.</summary>
public sealed record ApplicationRegistration(
    string? ApplicationUri,
    ApplicationType ApplicationType,
    IReadOnlyList<ApplicationName>? Names,
    string? ProductUri,
    IReadOnlyList<string>? DiscoveryUrls,
    IReadOnlyList<string>? ServerCapabilities);

/// <summary>A registered application; never changes, an update makes another one under a new record id.</summary>
public sealed record ApplicationRecord
{
    public required Guid Id { get; init; }
    public required uint RecordId { get; init; }
    public required string ApplicationUri { get; init; }
    public required ApplicationType ApplicationType { get; init; }
    public required IReadOnlyList<ApplicationName> Names { get; init; }
    public required string ProductUri { get; init; }
    public required IReadOnlyList<string> DiscoveryUrls { get; init; }
    public required IReadOnlyList<string> ServerCapabilities { get; init; }
    public required string RegisteredBy { get; init; }
    public Guid? EnrolledByToken { get; init; }
    public string? AdminPattern { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The first name, used wherever one name without a locale is needed.</summary>
    public string DefaultName => Names[0].Text;

    internal static ApplicationRecord Of(Application application) => new()
    {
        Id = application.Id,
        RecordId = application.RecordId,
        ApplicationUri = application.ApplicationUri,
        ApplicationType = application.ApplicationType,
        Names = application.Names,
        ProductUri = application.ProductUri,
        DiscoveryUrls = application.DiscoveryUrls,
        ServerCapabilities = application.ServerCapabilities,
        RegisteredBy = application.RegisteredBy,
        EnrolledByToken = application.EnrolledByToken,
        AdminPattern = application.AdminPattern,
        CreatedAt = application.CreatedAt,
        UpdatedAt = application.UpdatedAt,
    };
}
