using Ua.Core;

namespace Ua.Client;

/// <summary>Write (Part 4, 5.11.4).</summary>
public static class SessionWriting
{
    /// <summary>Writes attributes; one status for each.</summary>
    public static async Task<StatusCode[]> WriteAsync(this UaSession session, IReadOnlyList<WriteValue> values, CancellationToken cancellationToken = default)
    {
        var response = await session.SendAsync(new WriteRequest(RequestHeader.Empty, [.. values]), cancellationToken).ConfigureAwait(false);
        return Results.Expect(response.Results, values.Count, "Write");
    }

    /// <summary>Writes the value of one variable, without status and times, which most servers refuse to take.</summary>
    /// <exception cref="UaException">The status where it is bad.</exception>
    public static async Task WriteValueAsync(this UaSession session, NodeId variable, Variant value, CancellationToken cancellationToken = default)
    {
        var status = (await session.WriteAsync([new WriteValue(variable, (uint)AttributeId.Value, null, new DataValue(value))], cancellationToken).ConfigureAwait(false))[0];
        if (status.IsBad) throw new UaException(status, $"The value of {variable} cannot be written: {status}.");
    }
}
