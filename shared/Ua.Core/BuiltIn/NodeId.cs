using System.Globalization;

namespace Ua.Core;

/// <summary>The kind of identifier in a <see cref="NodeId"/> (Part 3, 8.2.3).</summary>
public enum IdType
{
    Numeric = 0,
    String = 1,
    Guid = 2,
    Opaque = 3,
}

/// <summary>The address of a node: a namespace index and a numeric, string, Guid or opaque identifier (Part 3, 8.2).</summary>
public readonly struct NodeId : IEquatable<NodeId>
{
    private readonly object? _identifier;
    private readonly uint _numeric;

    public NodeId(uint numeric, ushort namespaceIndex = 0)
    {
        _numeric = numeric;
        NamespaceIndex = namespaceIndex;
    }

    public NodeId(string text, ushort namespaceIndex)
    {
        ArgumentNullException.ThrowIfNull(text);
        _identifier = text;
        NamespaceIndex = namespaceIndex;
        IdType = IdType.String;
    }

    public NodeId(Guid guid, ushort namespaceIndex)
    {
        _identifier = guid;
        NamespaceIndex = namespaceIndex;
        IdType = IdType.Guid;
    }

    public NodeId(byte[] opaque, ushort namespaceIndex)
    {
        ArgumentNullException.ThrowIfNull(opaque);
        _identifier = opaque;
        NamespaceIndex = namespaceIndex;
        IdType = IdType.Opaque;
    }

    public static NodeId Null => default;

    public ushort NamespaceIndex { get; }

    public IdType IdType { get; }

    /// <summary>The numeric identifier; 0 for the other kinds.</summary>
    public uint Numeric => _numeric;

    /// <summary>The identifier as uint, string, Guid or byte[].</summary>
    public object Identifier => _identifier ?? _numeric;

    /// <summary>True for namespace 0 with identifier 0, empty string, empty Guid or empty bytes (Part 3, 8.2.4).</summary>
    public bool IsNull => NamespaceIndex == 0 && _identifier switch
    {
        null => _numeric == 0,
        string text => text.Length == 0,
        Guid guid => guid == Guid.Empty,
        byte[] bytes => bytes.Length == 0,
        _ => false,
    };

    public static bool operator ==(NodeId left, NodeId right) => left.Equals(right);

    public static bool operator !=(NodeId left, NodeId right) => !left.Equals(right);

    public bool Equals(NodeId other)
    {
        if (NamespaceIndex != other.NamespaceIndex || IdType != other.IdType || _numeric != other._numeric)
            return IsNull && other.IsNull;
        return (_identifier, other._identifier) switch
        {
            (null, null) => true,
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (Guid a, Guid b) => a == b,
            (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
            _ => false,
        };
    }

    public override bool Equals(object? obj) => obj is NodeId other && Equals(other);

    public override int GetHashCode()
    {
        if (_identifier is null) return (int)(_numeric * 31) ^ NamespaceIndex;
        if (IsNull) return 0;
        var hash = new HashCode();
        hash.Add(NamespaceIndex);
        if (_identifier is byte[] bytes) hash.AddBytes(bytes);
        else hash.Add(_identifier);
        return hash.ToHashCode();
    }

    /// <summary>The text form of Part 6, 5.3.1.10: <c>ns=2;i=141</c>, <c>s=name</c>, <c>g=guid</c>, <c>b=base64</c>.</summary>
    public override string ToString()
    {
        var body = _identifier switch
        {
            null => "i=" + _numeric.ToString(CultureInfo.InvariantCulture),
            string text => "s=" + text,
            Guid guid => "g=" + guid.ToString("D"),
            byte[] bytes => "b=" + Convert.ToBase64String(bytes),
            _ => throw new InvalidOperationException("A NodeId holds a number, a text, a Guid or bytes."),
        };
        return NamespaceIndex == 0 ? body : $"ns={NamespaceIndex.ToString(CultureInfo.InvariantCulture)};{body}";
    }

    public static NodeId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a NodeId; expected a form such as i=85 or ns=2;s=Name.");

    public static bool TryParse(string? text, out NodeId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text)) return false;
        ushort ns = 0;
        var rest = text.AsSpan();
        if (rest.StartsWith("ns="))
        {
            var end = rest.IndexOf(';');
            if (end < 0 || !ushort.TryParse(rest[3..end], NumberStyles.None, CultureInfo.InvariantCulture, out ns)) return false;
            rest = rest[(end + 1)..];
        }

        if (rest.Length < 2 || rest[1] != '=') return false;
        var value = rest[2..];
        switch (rest[0])
        {
            case 'i' when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                id = new NodeId(number, ns);
                return true;
            case 's':
                id = new NodeId(value.ToString(), ns);
                return true;
            case 'g' when Guid.TryParseExact(value, "D", out var guid):
                id = new NodeId(guid, ns);
                return true;
            case 'b':
                var buffer = new byte[value.Length];
                if (!Convert.TryFromBase64Chars(value, buffer, out var written)) return false;
                id = new NodeId(buffer[..written], ns);
                return true;
            default:
                return false;
        }
    }
}
