using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>A method (Part 3, 5.7).</summary>
public sealed class MethodNode(NodeId id, QualifiedName browseName) : Node(id, browseName)
{
    private static readonly QualifiedName s_inputArguments = new("InputArguments");
    private static readonly QualifiedName s_outputArguments = new("OutputArguments");

    public override NodeClass Class => NodeClass.Method;

    /// <summary>The method of the type that this one is an instance of; null where there is none.</summary>
    public MethodNode? Declaration { get; set; }

    /// <summary>What runs on a call. Where it is null, the handler of the declaration runs.</summary>
    public MethodHandler? Handler { get; set; }

    /// <summary>False takes the method out of use without removing it.</summary>
    public bool Executable { get; set; } = true;

    /// <summary>
    /// True where the handler decides who may call, such as the privileges of Part 12 that no role carries: roles are
    /// then not looked at, restrictions of the channel still are.
    /// </summary>
    public bool AccessDecidedByHandler { get; set; }

    /// <summary>Hears of calls that were refused before the handler ran. Where it is null, that of the declaration hears.</summary>
    public Action<MethodCall, StatusCode>? Refused { get; set; }

    /// <summary>The handler that a call would run; null where the method has none.</summary>
    public MethodHandler? EffectiveHandler => Handler ?? Declaration?.Handler;

    /// <summary>True where a call can run; a declaration on a type is executable by its instances.</summary>
    public bool IsExecutable => Executable && (EffectiveHandler is not null || ModellingRule is not null);

    public Argument[] InputArguments() => Arguments(s_inputArguments);

    public Argument[] OutputArguments() => Arguments(s_outputArguments);

    private Argument[] Arguments(QualifiedName property)
    {
        if (Child(property) is not VariableNode { Value.Value.Value: ExtensionObject[] encoded }) return [];
        return Array.ConvertAll(encoded, e => e.TryDecode<Argument>(out var argument)
            ? argument!
            : throw new UaException(StatusCodes.BadInternalError, $"{property} of {this} holds something else than arguments."));
    }
}
