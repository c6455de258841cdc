using Ua.Core;

namespace Ua.Server.Nodes;

public sealed partial class AddressSpace
{
    private static readonly NodeId s_mandatory = new(78);
    private static readonly NodeId s_optional = new(80);

    /// <summary>
    /// Adds an object with all that its type and the supertypes make mandatory (Part 3, 6.2 to 6.4). Ids below it are
    /// <see cref="ChildId"/>s. The parent refers to the object once it is whole. Methods run the handler of their declaration until they get one of their own.
    /// </summary>
    /// <param name="parentId">The node above.</param>
    /// <param name="id">The id of the object.</param>
    /// <param name="browseName">The name of the object.</param>
    /// <param name="typeDefinition">A type of objects that is not abstract.</param>
    /// <param name="referenceType">How the parent refers to the object; HasComponent where null.</param>
    /// <param name="include">Says which optional members to add as well, by their path of names, such as <c>TrustList/AddCertificate</c>.</param>
    public ObjectNode AddInstance(NodeId parentId, NodeId id, QualifiedName browseName, NodeId typeDefinition, NodeId? referenceType = null, Func<string, bool>? include = null)
    {
        if (Find(parentId) is null) throw new UaException(StatusCodes.BadParentNodeIdInvalid, $"There is no node {parentId} to add {browseName} to.");
        var node = WithType(new ObjectNode(id, browseName), typeDefinition);
        AddNode(node);
        try
        {
            AddMembers(node, [], node.TypeDefinition, "", include ?? (static _ => false));
            AddReference(parentId, referenceType ?? ReferenceTypeIds.HasComponent, id);
        }
        catch (UaException)
        {
            Remove(id);
            throw;
        }

        return node;
    }

    /// <summary>
    /// Adds optional members of its type to an object that is there without them, such as one of a node table. What it has stays as
    /// it is. Ids of new members are <see cref="ChildId"/>s in the given namespace.
    /// </summary>
    public void AddOptionalMembers(ObjectNode node, ushort namespaceIndex, Func<string, bool> include)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(include);
        var members = new Dictionary<QualifiedName, Member>();
        for (var t = node.TypeDefinition; t is not null; t = t.SuperType) Collect(t, members);
        foreach (var (name, member) in members)
        {
            if (node.Child(name) is null && include(name.Name!)) AddMember(node, name, member, name.Name!, static _ => false, namespaceIndex);
        }
    }

    private void AddMembers(Node owner, IReadOnlyList<Node> declared, TypeNode? type, string path, Func<string, bool> include)
    {
        var members = new Dictionary<QualifiedName, Member>();
        foreach (var source in declared) Collect(source, members);
        for (var t = type; t is not null; t = t.SuperType) Collect(t, members);
        foreach (var (name, member) in members)
        {
            var memberPath = path.Length == 0 ? name.Name! : $"{path}/{name.Name}";
            if (!member.IsMandatory && !include(memberPath)) continue;
            AddMember(owner, name, member, memberPath, include, owner.Id.NamespaceIndex);
        }
    }

    private void AddMember(Node owner, QualifiedName name, Member member, string path, Func<string, bool> include, ushort namespaceIndex)
    {
        var declaration = member.Declarations[0];
        var id = ChildId(owner.Id, name);
        var copy = Copy(declaration, id.NamespaceIndex == namespaceIndex ? id : new NodeId((string)id.Identifier, namespaceIndex));
        AddNode(declaration.TypeDefinition is { } definition ? WithType(copy, definition.Id) : copy);
        AddReference(owner.Id, member.Reference.Id, copy.Id);
        AddMembers(copy, member.Declarations, declaration.TypeDefinition, path, include);
    }

    /// <summary>Adds the members that a type or declaration has; what is there already overrides and keeps its first place.</summary>
    private static void Collect(Node source, Dictionary<QualifiedName, Member> members)
    {
        foreach (var reference in source.References)
        {
            if (!reference.IsForward || !reference.Type.Is(ReferenceTypeIds.HierarchicalReferences)) continue;
            if (reference.Target.ModellingRule?.Id is not { } rule || (rule != s_mandatory && rule != s_optional)) continue;
            if (!members.TryGetValue(reference.Target.BrowseName, out var member))
                members[reference.Target.BrowseName] = member = new Member(reference.Type, []);
            member.Declarations.Add(reference.Target);
        }
    }

    private static Node Copy(Node declaration, NodeId id)
    {
        Node copy = declaration switch
        {
            ObjectNode o => new ObjectNode(id, o.BrowseName) { EventNotifier = o.EventNotifier },
            MethodNode m => new MethodNode(id, m.BrowseName) { Declaration = m, AccessDecidedByHandler = m.AccessDecidedByHandler },
            VariableNode v => Copy(v, id),
            _ => throw new UaException(StatusCodes.BadTypeDefinitionInvalid, $"{declaration} cannot be a member of an instance."),
        };
        copy.DisplayName = declaration.DisplayName;
        copy.Description = declaration.Description;
        copy.RolePermissions = declaration.RolePermissions;
        copy.AccessRestrictions = declaration.AccessRestrictions;
        return copy;
    }

    private static VariableNode Copy(VariableNode v, NodeId id)
    {
        var copy = new VariableNode(id, v.BrowseName)
        {
            DataType = v.DataType,
            ValueRank = v.ValueRank,
            ArrayDimensions = v.ArrayDimensions,
            AccessLevel = v.AccessLevel,
            MinimumSamplingInterval = v.MinimumSamplingInterval,
        };
        copy.SetValue(v.Value);
        return copy;
    }

    /// <summary>A member of an instance: the declarations that describe it, the one of the most derived type first.</summary>
    private sealed record Member(ReferenceTypeNode Reference, List<Node> Declarations)
    {
        public bool IsMandatory => Declarations.Exists(d => d.ModellingRule?.Id == s_mandatory);
    }
}
