using System.Text;
using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Turns rows of a node table into nodes and references; equal texts and equal permissions are kept once.</summary>
internal sealed class NodeTableParser
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _textsBySpan;
    private readonly Dictionary<string, RolePermissionType[]> _permissions = new(StringComparer.Ordinal);
    private readonly List<ushort> _namespaces = [];

    private readonly TableContent _content;
    private readonly TableValue _values;

    public NodeTableParser()
    {
        _textsBySpan = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        _content = new TableContent(this);
        _values = new TableValue(this);
    }

    /// <summary>The namespace index in the server for one in the file; the file names them in order.</summary>
    public void MapNamespace(int index, ushort serverIndex)
    {
        if (index != _namespaces.Count) throw new FormatException("the namespaces of a node table are numbered in order from 0.");
        _namespaces.Add(serverIndex);
    }

    public Node Node(in TableRow row)
    {
        var id = Id(row.Id);
        var name = BrowseName(row.BrowseName);
        var a = Attributes(row.Attributes);
        Node node = Encoding.UTF8.GetString(row.Class) switch
        {
            "O" => new ObjectNode(id, name) { EventNotifier = a.EventNotifier },
            "V" => Variable(id, name, a, row),
            "M" => new MethodNode(id, name),
            "OT" => new ObjectTypeNode(id, name) { IsAbstract = a.IsAbstract },
            "VT" => VariableType(id, name, a, row),
            "DT" => new DataTypeNode(id, name) { IsAbstract = a.IsAbstract, Content = _content.Read(row.Definition) },
            "RT" => new ReferenceTypeNode(id, name) { IsAbstract = a.IsAbstract, Symmetric = a.Symmetric, InverseName = new LocalizedText(a.InverseName) },
            var other => throw new FormatException($"'{other}' is not a node class."),
        };
        if (a.DisplayName is not null) node.DisplayName = new LocalizedText(a.DisplayName);
        node.AccessRestrictions = a.AccessRestrictions;
        node.RolePermissions = a.RolePermissions;
        return node;
    }

    /// <summary>The id of the declaration that a method row names; null where it names none.</summary>
    public NodeId Declaration(in TableRow row)
    {
        var rest = row.Attributes;
        while (!rest.IsEmpty)
        {
            var item = Cut.Next(ref rest, (byte)';');
            var key = Cut.Next(ref item, (byte)'=');
            if (key.SequenceEqual("declaration"u8)) return Id(item);
        }

        return NodeId.Null;
    }

    public void References(ReadOnlySpan<byte> text, int owner, List<TableReference> references)
    {
        while (!text.IsEmpty)
        {
            var item = Cut.Next(ref text, (byte)' ');
            var arrow = item.IndexOfAny((byte)'<', (byte)'>');
            if (arrow < 0) throw new FormatException("a reference needs '<' or '>'.");
            references.Add(new TableReference(owner, Id(item[..arrow]), item[arrow] == (byte)'>', Id(item[(arrow + 1)..])));
        }
    }

    /// <summary>"85" in namespace 0, "1:141" in namespace 1 of the file.</summary>
    public NodeId Id(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf((byte)':');
        return colon < 0
            ? new NodeId(Cut.Unsigned(text))
            : new NodeId(Cut.Unsigned(text[(colon + 1)..]), _namespaces[Cut.Number(text[..colon])]);
    }

    /// <summary>A type with its shape: "12", "12[]", "12[3]", "12[0,8]" or "12{-2}".</summary>
    public (NodeId Type, int Rank, uint[] Dimensions) Shaped(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'[', (byte)'{');
        if (end < 0) return (Id(text), ValueRanks.Scalar, []);
        var type = Id(text[..end]);
        var shape = text[(end + 1)..^1];
        if (text[end] == (byte)'{') return (type, Cut.Number(shape), []);
        if (shape.IsEmpty) return (type, ValueRanks.OneDimension, []);
        List<uint> dimensions = [];
        while (!shape.IsEmpty) dimensions.Add(Cut.Unsigned(Cut.Next(ref shape, (byte)',')));
        return (type, dimensions.Count, [.. dimensions]);
    }

    /// <summary>A text with its escapes resolved, kept once however often it occurs.</summary>
    public string Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Contains((byte)'\\')) return Unescape(Encoding.UTF8.GetString(utf8));
        if (utf8.Length > 128) return Encoding.UTF8.GetString(utf8);
        Span<char> buffer = stackalloc char[128];
        var chars = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (_textsBySpan.TryGetValue(chars, out var known)) return known;
        var text = chars.ToString();
        _texts.Add(text);
        return text;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            result.Append(text[++i] switch
            {
                't' => '\t',
                'r' => '\r',
                'n' => '\n',
                'p' => '|',
                '\\' => '\\',
                var other => throw new FormatException($"'\\{other}' is not an escape."),
            });
        }

        return result.ToString();
    }

    private QualifiedName BrowseName(ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && text[digits] == (byte)':'
            ? new QualifiedName(Text(text[(digits + 1)..]), _namespaces[Cut.Number(text[..digits])])
            : new QualifiedName(Text(text));
    }

    private VariableNode Variable(NodeId id, QualifiedName name, in TableAttributes a, in TableRow row)
    {
        var (type, rank, dimensions) = Shaped(row.DataType);
        var node = new VariableNode(id, name)
        {
            DataType = type,
            ValueRank = rank,
            ArrayDimensions = dimensions,
            AccessLevel = a.AccessLevel,
            Historizing = a.Historizing,
            MinimumSamplingInterval = a.MinimumSamplingInterval,
        };
        if (!row.Value.IsEmpty) node.SetValue(new DataValue(_values.Read(row.Value)));
        return node;
    }

    private VariableTypeNode VariableType(NodeId id, QualifiedName name, in TableAttributes a, in TableRow row)
    {
        var (type, rank, dimensions) = Shaped(row.DataType);
        return new VariableTypeNode(id, name)
        {
            IsAbstract = a.IsAbstract,
            DataType = type,
            ValueRank = rank,
            ArrayDimensions = dimensions,
            Value = row.Value.IsEmpty ? Variant.Null : _values.Read(row.Value),
        };
    }

    private TableAttributes Attributes(ReadOnlySpan<byte> text)
    {
        var a = new TableAttributes();
        while (!text.IsEmpty)
        {
            var value = Cut.Next(ref text, (byte)';');
            switch (Text(Cut.Next(ref value, (byte)'=')))
            {
                case "display": a.DisplayName = Text(value); break;
                case "abstract": a.IsAbstract = true; break;
                case "symmetric": a.Symmetric = true; break;
                case "inverse": a.InverseName = Text(value); break;
                case "access": a.AccessLevel = (AccessLevels)Cut.Unsigned(value); break;
                case "historizing": a.Historizing = true; break;
                case "sampling": a.MinimumSamplingInterval = Cut.Number(value); break;
                case "notifier": a.EventNotifier = checked((byte)Cut.Unsigned(value)); break;
                case "restrictions": a.AccessRestrictions = (AccessRestrictions)Cut.Unsigned(value); break;
                case "roles": a.RolePermissions = Permissions(value); break;
                case "declaration": break;
                case var other: throw new FormatException($"'{other}' is not an attribute of the format.");
            }
        }

        return a;
    }

    private RolePermissionType[] Permissions(ReadOnlySpan<byte> text)
    {
        var key = Text(text);
        if (_permissions.TryGetValue(key, out var known)) return known;
        List<RolePermissionType> list = [];
        while (!text.IsEmpty)
        {
            var item = Cut.Next(ref text, (byte)',');
            var role = Id(Cut.Next(ref item, (byte)'/'));
            list.Add(new RolePermissionType(role, (PermissionType)Cut.Unsigned(item)));
        }

        return _permissions[key] = [.. list];
    }
}
