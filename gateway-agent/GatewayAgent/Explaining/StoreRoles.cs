using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>Which store of an application decides about whom: a product with two keeps one for its clients and one for the servers it connects to.</summary>
internal static class StoreRoles
{
    private const string ServerSide = "server", ClientSide = "client";

    /// <summary>What peers are to the application, by its type.</summary>
    public static IReadOnlyList<PeerRole> Of(ApplicationType type) => type switch
    {
        ApplicationType.Client => [PeerRole.Server],
        ApplicationType.ClientAndServer => [PeerRole.Client, PeerRole.Server],
        _ => [PeerRole.Client],
    };

    /// <summary>The stores that decide about peers of that role.</summary>
    public static IReadOnlyList<GatewayStore> For(ManagedApplication application, PeerRole role)
    {
        var side = application.Stores.Where(s => s.Name == (role == PeerRole.Client ? ServerSide : ClientSide)).ToList();
        return side.Count > 0 ? side : application.Stores;
    }
}
