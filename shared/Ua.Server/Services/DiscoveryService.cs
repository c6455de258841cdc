using Ua.Core;
using Ua.Server.Hosting;

namespace Ua.Server.Services;

/// <summary>The discovery service set of a server that is no discovery server (Part 4, 5.5): it knows itself.</summary>
internal sealed class DiscoveryService(EndpointCatalog endpoints) : IServiceSet
{
    public IEnumerable<ServiceRoute> Routes =>
    [
        ServiceRoute.Open<FindServersRequest>((request, call, _) => new(FindServers(request, call))),
        ServiceRoute.Open<GetEndpointsRequest>((request, call, _) => new(GetEndpoints(request, call))),
    ];

    private FindServersResponse FindServers(FindServersRequest request, ServiceCall call)
    {
        var self = endpoints.Application(request.EndpointUrl);
        var isAskedFor = request.ServerUris.Length == 0 || request.ServerUris.Contains(self.ApplicationUri);
        return new FindServersResponse(call.Good(), isAskedFor ? [self] : []);
    }

    private GetEndpointsResponse GetEndpoints(GetEndpointsRequest request, ServiceCall call)
    {
        var isAskedFor = request.ProfileUris.Length == 0 || request.ProfileUris.Contains(EndpointCatalog.TransportProfile);
        return new GetEndpointsResponse(call.Good(), isAskedFor ? endpoints.Describe(request.EndpointUrl) : []);
    }
}
