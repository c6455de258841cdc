namespace Ua.Server.Nodes;

/// <summary>The nodes of namespace 0, as the table embedded in this assembly.</summary>
internal static class StandardNodeTable
{
    public static Stream Open() => typeof(StandardNodeTable).Assembly.GetManifestResourceStream("ns0.nodes")!;
}
