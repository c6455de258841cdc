using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>
/// A variable (Part 3, 5.6.2). Its value is either kept here and announces its changes, or comes from a
/// <see cref="ValueSource"/> that is asked on every read.
/// </summary>
public sealed class VariableNode(NodeId id, QualifiedName browseName) : Node(id, browseName)
{
    private DataValue _value = DataValue.Bad(StatusCodes.BadWaitingForInitialData);

    /// <summary>Raised after a kept value was replaced, on the thread that replaced it.</summary>
    public event Action<VariableNode>? ValueChanged;

    public override NodeClass Class => NodeClass.Variable;

    public NodeId DataType { get; init; } = DataTypeNode.BaseDataType;

    public int ValueRank { get; init; } = ValueRanks.Scalar;

    public uint[] ArrayDimensions { get; init; } = [];

    public AccessLevels AccessLevel { get; set; } = AccessLevels.CurrentRead;

    /// <summary>In milliseconds; 0 is as fast as possible, -1 is unknown.</summary>
    public double MinimumSamplingInterval { get; set; }

    public bool Historizing { get; set; }

    /// <summary>The kept value. Where a <see cref="ValueSource"/> is set, that is what clients read.</summary>
    public DataValue Value => Volatile.Read(ref _value);

    /// <summary>Gives the value for each read. Must be quick and must not block: it runs within the Read service and in sampling.</summary>
    public Func<ReadContext, DataValue>? ValueSource { get; set; }

    /// <summary>Decides about a value that a client writes, after access and type were checked. Where it is null, the value is kept.</summary>
    public WriteHandler? WriteHandler { get; set; }

    /// <summary>Keeps a new value and announces it.</summary>
    public void SetValue(DataValue value)
    {
        Volatile.Write(ref _value, value);
        ValueChanged?.Invoke(this);
    }

    /// <summary>Keeps a new value where the old one is still the expected one; false where another thread was quicker.</summary>
    internal bool TryReplace(DataValue expected, DataValue value)
    {
        if (Interlocked.CompareExchange(ref _value, value, expected) != (object)expected) return false;
        ValueChanged?.Invoke(this);
        return true;
    }

    /// <summary>Keeps a new good value with its source time and announces it.</summary>
    public void SetValue(Variant value, DateTime sourceTimestamp) => SetValue(new DataValue(value, SourceTimestamp: sourceTimestamp));

    /// <summary>True for the InputArguments and OutputArguments of a method.</summary>
    internal bool IsArgumentList => BrowseName is { NamespaceIndex: 0, Name: "InputArguments" or "OutputArguments" } && Parent is MethodNode;

    public DataValue Read(ReadContext context) => ValueSource is { } source ? source(context) : Value;
}

/// <summary>Who reads, and when the read began (UTC).</summary>
public readonly record struct ReadContext(ICallContext Caller, DateTime Now);

/// <summary>Takes a value written by a client; the status is the outcome of the write.</summary>
public delegate ValueTask<StatusCode> WriteHandler(ICallContext caller, DataValue value, CancellationToken cancellationToken);
