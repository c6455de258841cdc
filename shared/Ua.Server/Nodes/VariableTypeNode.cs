using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>A type of variables (Part 3, 5.6.5).</summary>
public sealed class VariableTypeNode(NodeId id, QualifiedName browseName) : TypeNode(id, browseName)
{
    public override NodeClass Class => NodeClass.VariableType;

    public NodeId DataType { get; init; } = DataTypeNode.BaseDataType;

    public int ValueRank { get; init; } = ValueRanks.Scalar;

    public uint[] ArrayDimensions { get; init; } = [];

    /// <summary>The default value of instances; null where there is none.</summary>
    public Variant Value { get; init; }
}
