namespace Ua.Core;

/// <summary>A structure of the binary encoding: Write and Read name its fields in wire order (Part 6, 5.2.6).</summary>
public interface IUaStructure<TSelf>
    where TSelf : IUaStructure<TSelf>
{
    void Write(ref UaWriter w);

    static abstract TSelf Read(ref UaReader r);
}

/// <summary>A structure of namespace 0 that may stand alone: as a message body or in an <see cref="ExtensionObject"/>.</summary>
public interface IUaEncodable<TSelf> : IUaStructure<TSelf>
    where TSelf : IUaEncodable<TSelf>
{
    /// <summary>The numeric id of the type's "Default Binary" encoding object in namespace 0.</summary>
    static abstract uint BinaryEncodingId { get; }
}
