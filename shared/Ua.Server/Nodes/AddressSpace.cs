using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>
/// All nodes of a server. Any number of threads may read while nodes are added and removed; changes are made one at a time.
/// References to HasTypeDefinition and HasModellingRule targets are kept at their source only (Part 3, 7.12 and 7.13 let a
/// server leave out the inverse): a type would else list every property of the server.
/// </summary>
public sealed partial class AddressSpace
{
    private readonly ConcurrentDictionary<NodeId, Node> _nodes = new(concurrencyLevel: 1, capacity: 8_192);
    private readonly Lock _changes = new();

    public AddressSpace(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        Created = time.GetUtcNow().UtcDateTime;
        Permissions = new Permissions();
    }

    /// <summary>Raised after a node was removed.</summary>
    public event Action<Node>? Removed;

    public TimeProvider Time { get; }

    /// <summary>When this address space was made (UTC): the source time of values that never change.</summary>
    public DateTime Created { get; }

    public NamespaceTable Namespaces { get; } = new();

    public Permissions Permissions { get; }

    public ICollection<Node> Nodes => _nodes.Values;

    public int Count => _nodes.Count;

    /// <summary>An address space with all of namespace 0, and the server's own namespace as index 1.</summary>
    public static AddressSpace WithStandardNodes(TimeProvider time, string applicationUri)
    {
        var space = new AddressSpace(time);
        space.Namespaces.Add(applicationUri);
        space.Load(StandardNodeTable.Open());
        return space;
    }

    /// <summary>Adds the nodes of a table and disposes of the stream; namespaces that the server lacks are added to it.</summary>
    public void Load(Stream table)
    {
        using (table) NodeTable.Load(table, this);
    }

    public Node? Find(NodeId id) => _nodes.GetValueOrDefault(id);

    public bool TryFind<T>(NodeId id, [NotNullWhen(true)] out T? node)
        where T : Node
    {
        node = Find(id) as T;
        return node is not null;
    }

    /// <summary>The node of that id and class.</summary>
    /// <exception cref="UaException">Bad_NodeIdUnknown where there is none, Bad_NodeClassInvalid where it is of another class.</exception>
    public T Get<T>(NodeId id)
        where T : Node => Find(id) switch
        {
            T node => node,
            null => throw new UaException(StatusCodes.BadNodeIdUnknown, $"There is no node {id}."),
            var other => throw new UaException(StatusCodes.BadNodeClassInvalid, $"{other} is not a {typeof(T).Name}."),
        };

    /// <summary>Adds a node below a parent.</summary>
    /// <exception cref="UaException">Bad_NodeIdExists, Bad_ParentNodeIdInvalid or Bad_ReferenceTypeIdInvalid.</exception>
    public T Add<T>(T node, NodeId parentId, NodeId referenceTypeId)
        where T : Node
    {
        lock (_changes)
        {
            var parent = Find(parentId) ?? throw new UaException(StatusCodes.BadParentNodeIdInvalid, $"There is no node {parentId} to add {node} to.");
            var type = FindReferenceType(referenceTypeId);
            AddNode(node);
            Connect(parent, type, node);
        }

        return node;
    }

    /// <summary>Adds a reference, seen from both of its ends; nothing happens where it is there already.</summary>
    public void AddReference(NodeId sourceId, NodeId referenceTypeId, NodeId targetId)
    {
        lock (_changes)
        {
            var source = Get<Node>(sourceId);
            if (referenceTypeId == ReferenceTypeIds.HasSubtype && IsSubtypeOf(sourceId, targetId))
                throw new UaException(StatusCodes.BadReferenceNotAllowed, $"{targetId} cannot become a subtype of {source}, which is derived from it.");
            Connect(source, FindReferenceType(referenceTypeId), Get<Node>(targetId));
        }
    }

    /// <summary>Removes a reference from both of its ends; false where it was not there.</summary>
    public bool RemoveReference(NodeId sourceId, NodeId referenceTypeId, NodeId targetId)
    {
        lock (_changes)
        {
            var source = Get<Node>(sourceId);
            var target = Get<Node>(targetId);
            var type = FindReferenceType(referenceTypeId);
            Without(target, new Reference(type, false, source));
            return Without(source, new Reference(type, true, target));
        }
    }

    /// <summary>Removes a node with all that it aggregates (components and properties that have no other parent); false where there is none.</summary>
    public bool Remove(NodeId id)
    {
        List<Node> removed = [];
        lock (_changes)
        {
            if (Find(id) is not { } node) return false;
            Detach(node, removed);
        }

        foreach (var node in removed) Removed?.Invoke(node);
        return true;
    }

    /// <summary>Adds a node without any reference; the loader connects its nodes afterwards.</summary>
    internal void AddNode(Node node)
    {
        if (!_nodes.TryAdd(node.Id, node)) throw new UaException(StatusCodes.BadNodeIdExists, $"There is a node {node.Id} already; {node} cannot be added.");
    }

    internal static bool KeptAtSourceOnly(ReferenceTypeNode type) =>
        type.Id == ReferenceTypeIds.HasTypeDefinition || type.Id == ReferenceTypeIds.HasModellingRule;

    internal static void Connect(Node source, ReferenceTypeNode type, Node target)
    {
        With(source, new Reference(type, true, target));
        if (!KeptAtSourceOnly(type)) With(target, new Reference(type, false, source));
    }

    private ReferenceTypeNode FindReferenceType(NodeId id) => Find(id) as ReferenceTypeNode
        ?? throw new UaException(StatusCodes.BadReferenceTypeIdInvalid, $"{id} is not a reference type.");

    private void Detach(Node node, List<Node> removed)
    {
        if (!_nodes.TryRemove(node.Id, out _)) return;
        removed.Add(node);
        var references = node.References.ToArray();
        node.SetReferences([]);
        foreach (var reference in references) Without(reference.Target, new Reference(reference.Type, !reference.IsForward, node));
        foreach (var reference in references)
        {
            if (reference.IsForward && reference.Type.Is(ReferenceTypeIds.Aggregates) && reference.Target.Parent is null) Detach(reference.Target, removed);
        }
    }

    private static void With(Node node, Reference reference)
    {
        if (!node.References.Contains(reference)) node.SetReferences([.. node.References, reference]);
    }

    private static bool Without(Node node, Reference reference)
    {
        var index = node.References.IndexOf(reference);
        if (index < 0) return false;
        node.SetReferences([.. node.References[..index], .. node.References[(index + 1)..]]);
        return true;
    }
}
