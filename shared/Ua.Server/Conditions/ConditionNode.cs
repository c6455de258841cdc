using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Conditions;

/// <summary>A condition as an object of the address space, with all that its types make mandatory.</summary>
internal sealed class ConditionNode
{
    private static readonly HashSet<string> s_ofStates =
    [
        "EnabledState/EffectiveDisplayName",
        .. new[] { "EnabledState", "AckedState", "ActiveState" }.SelectMany(state => new[] { $"{state}/TransitionTime", $"{state}/TrueState", $"{state}/FalseState" }),
    ];

    private readonly Dictionary<string, VariableNode> _variables = new(StringComparer.Ordinal);

    /// <summary>Adds it below its source, which becomes a notifier below the Server object, and refers to it instead of to its type (Part 9, 6).</summary>
    public ConditionNode(AddressSpace space, ConditionDefinition definition)
    {
        var source = space.Get<ObjectNode>(definition.Source);
        source.EventNotifier |= 1;
        if (definition.Source != ConditionIds.Server) space.AddReference(ConditionIds.Server, ReferenceTypeIds.HasNotifier, definition.Source);
        var node = space.AddInstance(
            definition.Source, definition.Id, new QualifiedName(definition.Name), definition.Type, include: path => s_ofStates.Contains(path) || definition.Optional.Contains(path));
        space.RemoveReference(definition.Source, ReferenceTypeIds.HasCondition, definition.Type);
        space.AddReference(definition.Source, ReferenceTypeIds.HasCondition, definition.Id);
        Collect(node, "");
        foreach (var substate in new[] { "AckedState", "ActiveState" })
            space.AddReference(_variables["EnabledState"].Id, ReferenceTypeIds.HasTrueSubState, _variables[substate].Id);
        new ConditionAccess(space, source, definition.Roles).Grant(node);
    }

    public void Show(IEnumerable<ConditionField> fields, bool isEnabled)
    {
        foreach (var field in fields)
        {
            if (!_variables.TryGetValue(field.Path, out var variable)) continue;
            var value = isEnabled || field.WhileDisabled
                ? new DataValue(field.Value, SourceTimestamp: field.Since)
                : new DataValue(Variant.Null, StatusCodes.BadConditionDisabled, SourceTimestamp: field.Since);
            if (variable.Value != value) variable.SetValue(value);
        }
    }

    private void Collect(Node node, string prefix)
    {
        foreach (var variable in node.Children().OfType<VariableNode>())
        {
            var path = prefix + variable.BrowseName.Name;
            _variables[path] = variable;
            Collect(variable, $"{path}/");
        }
    }
}
