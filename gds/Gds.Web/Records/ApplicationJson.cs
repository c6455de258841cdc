using Gds.Core.Applications;
using Gds.Store;

namespace Gds.Web.Records;

/// <summary>An application as the API shows it.</summary>
public sealed record ApplicationJson(
    Guid Id,
    string ApplicationUri,
    ApplicationType ApplicationType,
    IReadOnlyList<NameJson> Names,
    string ProductUri,
    IReadOnlyList<string> DiscoveryUrls,
    IReadOnlyList<string> ServerCapabilities,
    string RegisteredBy,
    IReadOnlyCollection<Guid> Administers,
    DateTime CreatedAt,
    DateTime UpdatedAt)
{
    /// <summary>How it stands in each of its groups, where that was asked for.</summary>
    public IReadOnlyList<MemberJson>? Sync { get; init; }

    internal static ApplicationJson Of(ApplicationRecord r, IReadOnlyCollection<Guid> administers) => new(
        r.Id, r.ApplicationUri, r.ApplicationType, [.. r.Names.Select(n => new NameJson(n.Locale, n.Text))], r.ProductUri,
        r.DiscoveryUrls, r.ServerCapabilities, r.RegisteredBy, administers, r.CreatedAt, r.UpdatedAt);
}

public sealed record NameJson(string? Locale, string Text);

/// <summary>Some applications; Next is what to give as <c>after</c> to get more, and null at the end.</summary>
public sealed record ApplicationPageJson(IReadOnlyList<ApplicationJson> Applications, uint? Next);

/// <summary>An application to register, or the new content of a record.</summary>
public sealed record RegistrationJson(
    string? ApplicationUri,
    ApplicationType ApplicationType,
    IReadOnlyList<NameJson>? Names,
    string? ProductUri,
    IReadOnlyList<string>? DiscoveryUrls,
    IReadOnlyList<string>? ServerCapabilities)
{
    internal ApplicationRegistration ToRegistration() => new(
        ApplicationUri, ApplicationType, Names?.Select(n => new ApplicationName(n.Locale, n.Text)).ToList(), ProductUri, DiscoveryUrls, ServerCapabilities);
}
