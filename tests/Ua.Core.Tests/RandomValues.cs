namespace Ua.Core.Tests;

/// <summary>Values of every built-in type, small but with the corners that codecs get wrong.</summary>
internal sealed class RandomValues(Random random)
{
    public Variant Variant(int depth)
    {
        var type = (BuiltInType)random.Next(0, 26);
        if (type == BuiltInType.Null) return Core.Variant.Null;
        if (depth <= 0 && type is BuiltInType.Variant or BuiltInType.DataValue) type = BuiltInType.Byte;
        if (type != BuiltInType.Variant && random.Next(3) > 0) return Core.Variant.Scalar(type, Scalar(type, depth));
        if (random.Next(10) == 0) return Core.Variant.Array(type, null);
        int[]? dimensions = random.Next(3) == 0 ? [random.Next(0, 3), random.Next(0, 3), 2] : null;
        var array = Array.CreateInstance(BuiltInTypes.ClrType(type), dimensions is null ? random.Next(0, 4) : dimensions[0] * dimensions[1] * 2);
        for (var i = 0; i < array.Length; i++) array.SetValue(Scalar(type, depth - 1), i);
        return Core.Variant.Array(type, array, dimensions);
    }

    private object? Scalar(BuiltInType type, int depth) => type switch
    {
        BuiltInType.Boolean => random.Next(2) == 1,
        BuiltInType.SByte => (sbyte)random.Next(-128, 128),
        BuiltInType.Byte => (byte)random.Next(256),
        BuiltInType.Int16 => (short)random.Next(short.MinValue, short.MaxValue + 1),
        BuiltInType.UInt16 => (ushort)random.Next(ushort.MaxValue + 1),
        BuiltInType.Int32 => (int)random.NextInt64(int.MinValue, int.MaxValue + 1L),
        BuiltInType.UInt32 => UInt32(),
        BuiltInType.Int64 => random.NextInt64(long.MinValue, long.MaxValue),
        BuiltInType.UInt64 => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
        BuiltInType.Float => (random.NextSingle() - 0.5f) * 1e30f,
        BuiltInType.Double => (random.NextDouble() - 0.5) * 1e300,
        BuiltInType.String => Text(),
        BuiltInType.DateTime => Time(),
        BuiltInType.Guid => Guid(),
        BuiltInType.ByteString => random.Next(5) == 0 ? null : Bytes(),
        BuiltInType.XmlElement => new XmlElement(Text()),
        BuiltInType.NodeId => NodeId(),
        BuiltInType.ExpandedNodeId => new ExpandedNodeId(NodeId(), random.Next(2) == 0 ? null : "urn:x", random.Next(2) == 0 ? 0 : UInt32()),
        BuiltInType.StatusCode => new StatusCode(UInt32()),
        BuiltInType.QualifiedName => new QualifiedName(Text(), (ushort)random.Next(ushort.MaxValue + 1)),
        BuiltInType.LocalizedText => new LocalizedText(Text(), Text()),
        BuiltInType.ExtensionObject => ExtensionObject(),
        BuiltInType.DataValue => DataValue(depth),
        BuiltInType.DiagnosticInfo => DiagnosticInfo(depth),
        _ => (object)Variant(depth),
    };

    private uint UInt32() => (uint)random.NextInt64(uint.MaxValue + 1L);

    private DateTime Time() => new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(random.NextInt64(1, 2_000_000_000_000_000_000));

    private Guid Guid() => new(Sixteen());

    private byte[] Sixteen()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Bytes() => Sixteen()[..random.Next(0, 16)];

    private string? Text() => random.Next(6) switch { 0 => null, 1 => "", 2 => "ä水😀", _ => Convert.ToHexString(Bytes()) };

    private NodeId NodeId() => random.Next(5) switch
    {
        0 => new NodeId((uint)random.Next(256)),
        1 => new NodeId(UInt32(), (ushort)random.Next(300)),
        2 => new NodeId(Text() ?? "x", (ushort)random.Next(300)),
        3 => new NodeId(Guid(), (ushort)random.Next(300)),
        _ => new NodeId(Bytes(), (ushort)random.Next(300)),
    };

    private ExtensionObject ExtensionObject() => random.Next(4) switch
    {
        0 => Core.ExtensionObject.Null,
        1 => new ExtensionObject(new NodeId(7, 1), ExtensionObjectEncoding.None, null),
        2 => new ExtensionObject(NodeId(), ExtensionObjectEncoding.Xml, Bytes()),
        _ => new ExtensionObject(NodeId(), ExtensionObjectEncoding.Binary, Bytes()),
    };

    private DataValue DataValue(int depth) => new(
        depth <= 0 ? (byte)1 : Variant(depth - 1),
        new StatusCode(random.Next(2) == 0 ? 0 : UInt32()),
        random.Next(2) == 0 ? null : Time(),
        (ushort)random.Next(3),
        random.Next(2) == 0 ? null : Time(),
        (ushort)random.Next(3));

    private DiagnosticInfo DiagnosticInfo(int depth) => new(
        random.Next(2) == 0 ? null : random.Next(),
        random.Next(2) == 0 ? null : random.Next(),
        random.Next(2) == 0 ? null : random.Next(),
        random.Next(2) == 0 ? null : random.Next(),
        random.Next(2) == 0 ? null : "info",
        random.Next(2) == 0 ? null : new StatusCode(UInt32()),
        depth <= 0 || random.Next(2) == 0 ? null : DiagnosticInfo(depth - 1));
}
