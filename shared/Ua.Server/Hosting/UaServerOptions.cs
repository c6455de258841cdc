using Ua.Core;

namespace Ua.Server.Hosting;

/// <summary>What a server says of itself, where it listens and how much it takes on.</summary>
public sealed class UaServerOptions
{
    /// <summary>A name for people.</summary>
    public string ApplicationName { get; set; } = "";

    /// <summary>The unique URI of this instance, the same as in its certificate.</summary>
    public string ApplicationUri { get; set; } = "";

    /// <summary>The URI of the product that this is an instance of.</summary>
    public string ProductUri { get; set; } = "";

    public ApplicationType ApplicationType { get; set; } = ApplicationType.Server;

    public string ProductName { get; set; } = "";

    public string ManufacturerName { get; set; } = "";

    public string SoftwareVersion { get; set; } = "";

    public string BuildNumber { get; set; } = "";

    /// <summary>When the software was built (UTC); the default is not known.</summary>
    public DateTime BuildDate { get; set; } = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public IList<UaEndpointOptions> Endpoints { get; } = [];

    /// <summary>The locales in which texts can be had (LocaleIdArray).</summary>
    public IList<string> LocaleIds { get; } = ["en"];

    /// <summary>Profiles that the application adds to those of this stack (ServerProfileArray).</summary>
    public IList<string> ServerProfiles { get; } = [];

    public SessionLimits Sessions { get; set; } = new();

    public SubscriptionLimits Subscriptions { get; set; } = new();

    public OperationLimits Operations { get; set; } = new();
}
