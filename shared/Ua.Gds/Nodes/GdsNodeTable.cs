namespace Ua.Gds.Nodes;

/// <summary>The standard nodes of the GDS namespace (Part 12), as the table that a server of that namespace loads.</summary>
public static class GdsNodeTable
{
    /// <summary>Opens the table for reading; the caller disposes of the stream.</summary>
    public static Stream Open() => typeof(GdsNodeTable).Assembly.GetManifestResourceStream("gds.nodes")!;
}
