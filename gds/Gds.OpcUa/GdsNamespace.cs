using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa;

/// <summary>
/// Ids on the wire. Standard nodes are numbers in the GDS namespace, whose index is known once its table is loaded. Applications
/// and requests are Guids in the server's own namespace (index 1), the same after every restart.
/// </summary>
internal sealed class GdsNamespace(AddressSpace space)
{
    private const ushort OwnIndex = 1;

    public ushort Index { get; } = space.Namespaces.Add(GdsIds.NamespaceUri);

    public NodeId Node(uint id) => new(id, Index);

    public static NodeId Own(Guid id) => new(id, OwnIndex);

    /// <summary>The Guid of an own id; the empty one, which nothing ever has, for any other.</summary>
    public static Guid GuidOf(NodeId id) => id is { NamespaceIndex: OwnIndex, Identifier: Guid guid } ? guid : Guid.Empty;
}
