using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>An object (Part 3, 5.5.1).</summary>
public sealed class ObjectNode(NodeId id, QualifiedName browseName) : Node(id, browseName)
{
    public override NodeClass Class => NodeClass.Object;

    /// <summary>Bit 0: events can be subscribed here; bits 2 and 3: history of events can be read and written.</summary>
    public byte EventNotifier { get; set; }
}
