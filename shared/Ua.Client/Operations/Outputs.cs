using Ua.Core;

namespace Ua.Client;

/// <summary>Reads the output arguments of a method by position and type.</summary>
public static class Outputs
{
    /// <summary>The argument as T, where null counts as the default for arrays, texts and bytes.</summary>
    /// <exception cref="UaException">Bad_UnknownResponse where there is no such argument or it is of another type.</exception>
    public static T Get<T>(this Variant[] outputs, int index, string name)
    {
        if (index >= outputs.Length) throw new UaException(StatusCodes.BadUnknownResponse, $"The method returned {outputs.Length} arguments; {name} is missing.");
        if (outputs[index].TryGet<T>(out var value)) return value;
        if (outputs[index].Value is null && default(T) is null) return default!;
        throw new UaException(StatusCodes.BadUnknownResponse, $"The output argument {name} is of type {outputs[index].Type}, not {typeof(T).Name}.");
    }
}
