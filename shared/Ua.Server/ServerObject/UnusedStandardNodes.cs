using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.ServerObject;

/// <summary>
/// Optional objects of namespace 0 behind which nothing stands in this server. They are taken out, so that a client finds only what
/// works; their types stay. An application that does stand behind one claims it.
/// </summary>
internal static class UnusedStandardNodes
{
    private static readonly uint[] s_ids =
    [
        11192, // HistoryServerCapabilities
        11313, // RedundantServerArray
        11312, // CurrentServerId
        11314, // ServerUriArray
        11713, // MaxNodesPerNodeManagement
        12165, 12166, 12167, 12168, // limits of history services
        12637, // ServerConfiguration
        12749, // SetSubscriptionDurable
        12885, // EstimatedReturnTime
        12886, // RequestServerStateChange
        14443, // PublishSubscribe
        15004, // UrisVersion
        16706, // ManagedApplications
        17594, // Dictionaries
        17634, // LocalTime
        17732, // AuthorizationServices
        18155, // KeyCredentialConfiguration
        19372, // ServerLog
        19378, // Logs
        24101, // ConformanceUnits
        24226, // Resources
        24227, // Communication
        24290, // UserManagement
        25565, 25584, 25603, // roles of a security key server
        29878, // ProvisionableDevice
        32530, // Quantities
        32637, 32754, // default history configurations
        2289, // SamplingIntervalDiagnosticsArray
        23470, // Aliases
        31915, // Locations
    ];

    /// <summary>Removes them, except what is claimed and what a claimed node lies below.</summary>
    public static void RemoveFrom(AddressSpace space, IReadOnlySet<NodeId> claimed)
    {
        var kept = new HashSet<NodeId>();
        foreach (var id in claimed)
            for (var node = space.Find(id); node is not null && kept.Add(node.Id); node = node.Parent)
            {
            }

        foreach (var number in s_ids)
        {
            var id = new NodeId(number);
            if (!kept.Contains(id)) space.Remove(id);
        }
    }
}
