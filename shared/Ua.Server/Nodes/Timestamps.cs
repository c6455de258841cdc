using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Leaves the times that a client asked for (Part 4, 7.40).</summary>
public static class Timestamps
{
    public static DataValue Keep(DataValue value, TimestampsToReturn wanted) => wanted switch
    {
        TimestampsToReturn.Source => value with { ServerTimestamp = null, ServerPicoseconds = 0 },
        TimestampsToReturn.Server => value with { SourceTimestamp = null, SourcePicoseconds = 0 },
        TimestampsToReturn.Neither => value with { SourceTimestamp = null, SourcePicoseconds = 0, ServerTimestamp = null, ServerPicoseconds = 0 },
        _ => value,
    };
}
