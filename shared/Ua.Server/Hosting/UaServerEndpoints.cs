using Ua.Core;

namespace Ua.Server.Hosting;

/// <summary>Where the server can be reached, for code of the application. Real ports are known after the start.</summary>
public sealed class UaServerEndpoints
{
    private readonly EndpointCatalog _catalog;

    internal UaServerEndpoints(EndpointCatalog catalog) => _catalog = catalog;

    /// <summary>The URLs of all endpoints, as they are shown to a client that came by a name unknown here.</summary>
    public IReadOnlyList<string> Urls => [.. _catalog.Application(requestedUrl: null).DiscoveryUrls.OfType<string>()];

    /// <summary>The endpoints as GetEndpoints describes them.</summary>
    public EndpointDescription[] Describe() => _catalog.Describe(requestedUrl: null);
}
