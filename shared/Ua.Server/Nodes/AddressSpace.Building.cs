using Ua.Core;

namespace Ua.Server.Nodes;

public sealed partial class AddressSpace
{
    private static readonly NodeId s_folderType = new(61);
    private static readonly NodeId s_baseDataVariableType = new(63);
    private static readonly NodeId s_propertyType = new(68);
    private static readonly NodeId s_argument = new(296);

    /// <summary>Adds a folder, organized by its parent unless told otherwise.</summary>
    public ObjectNode AddFolder(NodeId parentId, NodeId id, QualifiedName browseName, NodeId? referenceType = null) =>
        AddObject(parentId, id, browseName, s_folderType, referenceType ?? ReferenceTypeIds.Organizes);

    /// <summary>Adds a bare object of a type; <see cref="AddInstance"/> also adds what the type says an instance has.</summary>
    public ObjectNode AddObject(NodeId parentId, NodeId id, QualifiedName browseName, NodeId typeDefinition, NodeId? referenceType = null) =>
        AddTyped(new ObjectNode(id, browseName), parentId, referenceType ?? ReferenceTypeIds.HasComponent, typeDefinition);

    /// <summary>Adds a variable (BaseDataVariableType, component of its parent) that has its data type, rank and access set already.</summary>
    public VariableNode AddVariable(NodeId parentId, VariableNode variable, NodeId? typeDefinition = null) =>
        AddTyped(variable, parentId, ReferenceTypeIds.HasComponent, typeDefinition ?? s_baseDataVariableType);

    /// <summary>Adds a property that has its data type, rank and access set already.</summary>
    public VariableNode AddProperty(NodeId parentId, VariableNode property) =>
        AddTyped(property, parentId, ReferenceTypeIds.HasProperty, s_propertyType);

    /// <summary>Adds a method with its InputArguments and OutputArguments, each only where there are any.</summary>
    public MethodNode AddMethod(NodeId parentId, NodeId id, QualifiedName browseName, Argument[] inputs, Argument[] outputs, MethodHandler handler)
    {
        var method = Add(new MethodNode(id, browseName) { Handler = handler }, parentId, ReferenceTypeIds.HasComponent);
        AddArguments(method, "InputArguments", inputs);
        AddArguments(method, "OutputArguments", outputs);
        return method;
    }

    /// <summary>An id for a node below another, unlike that of any of its siblings: the parent's identifier, a slash, the name.</summary>
    public static NodeId ChildId(NodeId parentId, QualifiedName browseName)
    {
        var text = parentId.ToString();
        var identifier = text[(text.IndexOf(';') + 1)..];
        if (identifier.StartsWith("s=", StringComparison.Ordinal)) identifier = identifier[2..];
        return new NodeId($"{identifier}/{browseName}", parentId.NamespaceIndex);
    }

    private void AddArguments(MethodNode method, string name, Argument[] arguments)
    {
        if (arguments.Length == 0) return;
        var browseName = new QualifiedName(name);
        var property = new VariableNode(ChildId(method.Id, browseName), browseName)
        {
            DataType = s_argument,
            ValueRank = ValueRanks.OneDimension,
            ArrayDimensions = [(uint)arguments.Length],
        };
        property.SetValue(Array.ConvertAll(arguments, ExtensionObject.Of), Created);
        AddProperty(method.Id, property);
    }

    /// <summary>Adds a node that has its type definition from the moment on when others can see it.</summary>
    private T AddTyped<T>(T node, NodeId parentId, NodeId referenceType, NodeId typeDefinition)
        where T : Node => Add(WithType(node, typeDefinition), parentId, referenceType);

    private T WithType<T>(T node, NodeId typeDefinition)
        where T : Node
    {
        var type = Get<TypeNode>(typeDefinition);
        if (type.IsAbstract) throw new UaException(StatusCodes.BadTypeDefinitionInvalid, $"{type} is abstract; {node} cannot be of it.");
        node.SetReferences([new Reference(FindReferenceType(ReferenceTypeIds.HasTypeDefinition), true, type)]);
        return node;
    }
}
