using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Runs a method; an expected failure is a result or a <see cref="UaException"/> with the status that the caller gets.</summary>
public delegate Task<MethodResult> MethodHandler(MethodCall call, CancellationToken cancellationToken);

/// <summary>One call of a method, its inputs checked against the declared arguments.</summary>
public sealed record MethodCall(NodeId ObjectId, NodeId MethodId, Variant[] Inputs, ICallContext Caller);

/// <summary>The outcome of a call. InputResults has one status for each input, or none where all are good.</summary>
public sealed record MethodResult(StatusCode Status, Variant[] Outputs, StatusCode[] InputResults)
{
    /// <summary>A sentence that says why the call failed, for a client that asks for diagnostics.</summary>
    public string? Text { get; init; }

    /// <summary>Runs once when the answer has been sent or cannot be sent any more; must be quick and not fail.</summary>
    public Action? Answered { get; init; }

    public static MethodResult Good(params Variant[] outputs) => new(StatusCodes.Good, outputs, []);

    public static MethodResult Bad(StatusCode status) => new(status, [], []);

    /// <summary>One input was wrong: the call is Bad_InvalidArgument and the status says why.</summary>
    public static MethodResult BadInput(int index, int count, StatusCode status)
    {
        var results = new StatusCode[count];
        results[index] = status;
        return new(StatusCodes.BadInvalidArgument, [], results);
    }
}
