namespace Ua.Core;

/// <summary>A value with its status and its source and server times (Part 4, 7.11). A null time is absent on the wire.</summary>
public sealed record DataValue(
    Variant Value,
    StatusCode Status = default,
    DateTime? SourceTimestamp = null,
    ushort SourcePicoseconds = 0,
    DateTime? ServerTimestamp = null,
    ushort ServerPicoseconds = 0)
{
    /// <summary>No value, status Good, no times.</summary>
    public static readonly DataValue Empty = new(Variant.Null);

    public static DataValue Bad(StatusCode status) => new(Variant.Null, status);
}
