using Ua.Core;

namespace Ua.Server.ServerObject;

/// <summary>Whether the server runs, and since when.</summary>
internal sealed class ServerState(TimeProvider time)
{
    private long _shutdownAt;

    public DateTime StartTime { get; } = time.GetUtcNow().UtcDateTime;

    /// <summary>The server waits to be set up (Part 12, Annex G).</summary>
    public bool IsInSetup { get; set; }

    public Core.ServerState Current => Volatile.Read(ref _shutdownAt) != 0 ? Core.ServerState.Shutdown
        : IsInSetup ? Core.ServerState.NoConfiguration : Core.ServerState.Running;

    public uint SecondsTillShutdown => Volatile.Read(ref _shutdownAt) is var at and not 0
        ? (uint)Math.Max(0, (new DateTime(at, DateTimeKind.Utc) - time.GetUtcNow().UtcDateTime).TotalSeconds)
        : 0;

    public LocalizedText ShutdownReason => Current == Core.ServerState.Shutdown ? new LocalizedText("en", "The server is being stopped.") : default;

    public void Stopping(TimeSpan within) => Volatile.Write(ref _shutdownAt, (time.GetUtcNow().UtcDateTime + within).Ticks);

    public ServerStatusDataType Status(BuildInfo build, DateTime now) => new(StartTime, now, Current, build, SecondsTillShutdown, ShutdownReason);
}
