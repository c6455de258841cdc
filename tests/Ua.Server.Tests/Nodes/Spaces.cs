using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Address spaces for tests: all of namespace 0, the test's own namespace 1, the GDS namespace as 2.</summary>
internal static class Spaces
{
    public const ushort Own = 1;
    public const ushort Gds = 2;

    public static readonly NodeId Root = new(84);
    public static readonly NodeId Objects = new(85);

    public static FakeTimeProvider Time() => new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));

    public static AddressSpace Standard() => AddressSpace.WithStandardNodes(Time(), "urn:test:server");

    public static AddressSpace WithGds()
    {
        var space = Standard();
        space.Load(typeof(Spaces).Assembly.GetManifestResourceStream("gds.nodes")!);
        return space;
    }

    public static NodeId Id(string name) => new(name, Own);

    public static QualifiedName Name(string name) => new(name, Own);

    /// <summary>A variable below Objects with a value, readable and writable.</summary>
    public static VariableNode AddVariable(this AddressSpace space, string name, uint dataType, Variant value, int valueRank = ValueRanks.Scalar, uint[]? dimensions = null)
    {
        var variable = new VariableNode(Id(name), Name(name))
        {
            DataType = new NodeId(dataType),
            ValueRank = valueRank,
            ArrayDimensions = dimensions ?? [],
            AccessLevel = AccessLevels.CurrentRead | AccessLevels.CurrentWrite,
        };
        variable.SetValue(value, space.Created);
        return space.AddVariable(Objects, variable);
    }
}
