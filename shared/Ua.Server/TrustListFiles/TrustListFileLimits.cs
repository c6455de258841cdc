namespace Ua.Server.TrustListFiles;

/// <summary>How many trust lists may be open, for how long, and how much one Read gives.</summary>
public sealed record TrustListFileLimits
{
    public int MaxHandlesPerSession { get; init; } = 8;

    /// <summary>A fleet fetches a new list at once; an open one is a position in bytes that all share.</summary>
    public int MaxHandles { get; init; } = 20_000;

    /// <summary>A handle that was not used for this long is closed, and what was written through it is gone (ActivityTimeout, Part 12, 7.8.2.1).</summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes.</summary>
    public int LargestRead { get; init; } = 1024 * 1024;
}
