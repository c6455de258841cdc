using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Runs one method call for a client (Part 4, 5.12.2): finds the method, checks access and arguments, runs the handler.</summary>
public sealed class MethodCaller(AddressSpace space)
{
    /// <summary>The outcome; a <see cref="UaException"/> of the handler has become its status. Other exceptions are the caller's to log.</summary>
    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var found = space.FindMethod(call.ObjectId, call.MethodId, out var method);
        if (found.IsBad) return MethodResult.Bad(found);
        if (Refusal(method!, call) is { } refusal)
        {
            (method!.Refused ?? method.Declaration?.Refused)?.Invoke(call with { MethodId = method.Id }, refusal.Status);
            return refusal;
        }

        try
        {
            return await method!.EffectiveHandler!(call with { MethodId = method.Id }, cancellationToken).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            return MethodResult.Bad(e.StatusCode) with { Text = e.Message };
        }
    }

    /// <summary>Null where the call may run.</summary>
    private MethodResult? Refusal(MethodNode method, MethodCall call)
    {
        var access = space.Permissions.Check(method, PermissionType.Call, call.Caller);
        if (access.IsBad) return MethodResult.Bad(access);
        if (!method.Executable || method.EffectiveHandler is null) return MethodResult.Bad(StatusCodes.BadNotExecutable);
        return CheckInputs(method, call.Inputs);
    }

    /// <summary>Null where the inputs fit the declared arguments. Null values are left to the handler, which knows what they mean.</summary>
    private MethodResult? CheckInputs(MethodNode method, Variant[] inputs)
    {
        var arguments = method.InputArguments();
        if (inputs.Length < arguments.Length) return MethodResult.Bad(StatusCodes.BadArgumentsMissing);
        if (inputs.Length > arguments.Length) return MethodResult.Bad(StatusCodes.BadTooManyArguments);
        var results = new StatusCode[inputs.Length];
        var wrong = false;
        for (var i = 0; i < inputs.Length; i++)
        {
            var a = arguments[i];
            if (inputs[i].IsNull || ValueTypes.Fits(space, inputs[i], a.DataType, a.ValueRank, a.ArrayDimensions)) continue;
            results[i] = StatusCodes.BadTypeMismatch;
            wrong = true;
        }

        return wrong ? new MethodResult(StatusCodes.BadInvalidArgument, [], results) : null;
    }
}
