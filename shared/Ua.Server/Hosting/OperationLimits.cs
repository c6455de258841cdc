namespace Ua.Server.Hosting;

/// <summary>How many operations one request may carry (Part 5, 6.3.11), and how much one answer.</summary>
public sealed record OperationLimits
{
    public int MaxNodesPerRead { get; init; } = 5_000;

    public int MaxNodesPerWrite { get; init; } = 1_000;

    public int MaxNodesPerMethodCall { get; init; } = 100;

    public int MaxNodesPerBrowse { get; init; } = 2_000;

    public int MaxNodesPerRegisterNodes { get; init; } = 5_000;

    public int MaxNodesPerTranslateBrowsePaths { get; init; } = 2_000;

    public int MaxMonitoredItemsPerCall { get; init; } = 5_000;

    /// <summary>The most references in the result of one node; a continuation point leads on.</summary>
    public int MaxReferencesPerNode { get; init; } = 5_000;
}
