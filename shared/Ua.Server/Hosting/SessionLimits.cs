namespace Ua.Server.Hosting;

/// <summary>How many sessions a server takes on, and for how long.</summary>
public sealed record SessionLimits
{
    public int MaxSessions { get; init; } = 200;

    /// <summary>How many may wait for their first activation, so that who has shown nothing yet takes little; the oldest makes room.</summary>
    public int MaxSessionsNotActivated { get; init; } = 1_000;

    /// <summary>What one client application, known by its certificate, may have of them.</summary>
    public int MaxSessionsPerClient { get; init; } = 100;

    public TimeSpan MinSessionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan MaxSessionTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a session may wait for its first activation.</summary>
    public TimeSpan ActivationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so many failed activations a session is closed.</summary>
    public int MaxFailedActivations { get; init; } = 3;

    public int MaxBrowseContinuationPoints { get; init; } = 50;

    /// <summary>How many requests of one session may be open at once, publish requests aside.</summary>
    public int MaxOpenRequests { get; init; } = 200;
}
