namespace Ua.Gds.Agents;

/// <summary>The nodes of the vendor namespace for agent reports, as the table that a GDS of ours loads.</summary>
public static class AgentNodeTable
{
    /// <summary>Opens the table for reading; the caller disposes of the stream.</summary>
    public static Stream Open() => typeof(AgentNodeTable).Assembly.GetManifestResourceStream("agents.nodes")!;
}
