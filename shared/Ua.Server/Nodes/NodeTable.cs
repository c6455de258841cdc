using System.Text;
using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>
/// Reads a table of standard nodes into an address space. The format is described beside the tool that writes the tables,
/// in shared/tools/nodeset-tables. One pass makes the nodes, a second one connects them, since references point ahead.
/// </summary>
internal sealed class NodeTable
{
    private readonly AddressSpace _space;
    private readonly NodeTableParser _parser = new();
    private readonly List<Node> _nodes = [];
    private readonly List<TableReference> _references = [];
    private readonly Dictionary<NodeId, int> _ordinals = [];
    private readonly List<(MethodNode Method, NodeId Declaration)> _declarations = [];

    private NodeTable(AddressSpace space) => _space = space;

    /// <exception cref="InvalidDataException">The table does not follow its format, or refers to a node that is nowhere.</exception>
    public static void Load(Stream stream, AddressSpace space)
    {
        var bytes = new byte[stream.Length - stream.Position];
        stream.ReadExactly(bytes);
        var table = new NodeTable(space);
        table.ReadLines(bytes);
        table.Connect();
    }

    private void ReadLines(ReadOnlySpan<byte> text)
    {
        var number = 0;
        while (!text.IsEmpty)
        {
            number++;
            var line = Cut.Next(ref text, (byte)'\n');
            try
            {
                if (line.StartsWith("#"u8)) ReadHead(line, number);
                else if (!line.IsEmpty) ReadNode(line);
            }
            catch (Exception e) when (e is FormatException or OverflowException or IndexOutOfRangeException or UaException)
            {
                throw new InvalidDataException($"Line {number} of the node table is wrong: {e.Message}", e);
            }
        }
    }

    private void ReadHead(ReadOnlySpan<byte> line, int number)
    {
        if (number == 1)
        {
            if (!line.SequenceEqual("#nodes 1"u8)) throw new FormatException("a node table begins with '#nodes 1'.");
            return;
        }

        if (!line.StartsWith("#namespace "u8)) return;
        line = line["#namespace "u8.Length..];
        var index = Cut.Number(Cut.Next(ref line, (byte)' '));
        var uri = Encoding.UTF8.GetString(Cut.Next(ref line, (byte)' '));
        _parser.MapNamespace(index, _space.Namespaces.Add(uri));
    }

    private void ReadNode(ReadOnlySpan<byte> line)
    {
        var row = new TableRow(line);
        var node = _parser.Node(row);
        var ordinal = _nodes.Count;
        _space.AddNode(node);
        _ordinals.Add(node.Id, ordinal);
        _nodes.Add(node);
        if (node is MethodNode method && _parser.Declaration(row) is { IsNull: false } declaration) _declarations.Add((method, declaration));
        _parser.References(row.References, ordinal, _references);
    }

    /// <summary>Gives every new node its references at once; only nodes that were there before grow one by one.</summary>
    private void Connect()
    {
        foreach (var (method, declaration) in _declarations) method.Declaration = Resolve(declaration) as MethodNode;
        var counts = new int[_nodes.Count];
        foreach (var reference in _references)
        {
            counts[reference.Owner]++;
            if (_ordinals.TryGetValue(reference.Other, out var other)) counts[other]++;
        }

        var references = Array.ConvertAll(counts, count => new Reference[count]);
        Array.Clear(counts);
        foreach (var r in _references)
        {
            var owner = _nodes[r.Owner];
            var other = Resolve(r.Other);
            var type = Resolve(r.Type) as ReferenceTypeNode ?? throw new InvalidDataException($"{owner} has a reference whose type {r.Type} is not a reference type.");
            if (r.IsForward || !AddressSpace.KeptAtSourceOnly(type)) references[r.Owner][counts[r.Owner]++] = new Reference(type, r.IsForward, other);
            if (!r.IsForward || !AddressSpace.KeptAtSourceOnly(type)) AddTo(other, r.Other, new Reference(type, !r.IsForward, owner));
        }

        for (var i = 0; i < references.Length; i++)
            _nodes[i].SetReferences(counts[i] == references[i].Length ? references[i] : references[i][..counts[i]]);

        void AddTo(Node node, NodeId id, Reference reference)
        {
            if (_ordinals.TryGetValue(id, out var ordinal)) references[ordinal][counts[ordinal]++] = reference;
            else node.SetReferences([.. node.References, reference]);
        }
    }

    private Node Resolve(NodeId id) => _ordinals.TryGetValue(id, out var ordinal)
        ? _nodes[ordinal]
        : _space.Find(id) ?? throw new InvalidDataException($"The node table refers to {id}, which is neither in it nor in the address space.");
}

/// <summary>A reference of one row, before the nodes at both ends are known.</summary>
internal readonly record struct TableReference(int Owner, NodeId Type, bool IsForward, NodeId Other);
