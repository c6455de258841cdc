namespace Ua.Core;

/// <summary>A value with its name (Part 5, 12.21).</summary>
public sealed record KeyValuePair(QualifiedName Key, Variant Value) : IUaEncodable<KeyValuePair>
{
    public static uint BinaryEncodingId => 14846;

    public void Write(ref UaWriter w)
    {
        w.QualifiedName(Key);
        w.Variant(Value);
    }

    public static KeyValuePair Read(ref UaReader r) => new(
        Key: r.QualifiedName(),
        Value: r.Variant());
}
