namespace Ua.Core;

/// <summary>A <see cref="NodeId"/> that may name its namespace by URI and its server by index (Part 4, 7.16).</summary>
public readonly record struct ExpandedNodeId(NodeId NodeId, string? NamespaceUri = null, uint ServerIndex = 0)
{
    public bool IsNull => NodeId.IsNull && string.IsNullOrEmpty(NamespaceUri) && ServerIndex == 0;

    /// <summary>True where the node lives in this server and its namespace is given by index.</summary>
    public bool IsLocal => ServerIndex == 0 && string.IsNullOrEmpty(NamespaceUri);

    public static implicit operator ExpandedNodeId(NodeId id) => new(id);

    public static ExpandedNodeId FromNodeId(NodeId id) => new(id);

    public override string ToString() =>
        (ServerIndex == 0 ? "" : $"svr={ServerIndex};") + (string.IsNullOrEmpty(NamespaceUri) ? NodeId.ToString() : $"nsu={NamespaceUri};{new NodeIdBody(NodeId)}");

    private readonly record struct NodeIdBody(NodeId Id)
    {
        public override string ToString()
        {
            var text = Id.ToString();
            return text.StartsWith("ns=", StringComparison.Ordinal) ? text[(text.IndexOf(';') + 1)..] : text;
        }
    }
}
