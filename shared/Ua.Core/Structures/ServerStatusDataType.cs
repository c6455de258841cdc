namespace Ua.Core;

/// <summary>How a server is (Part 5, 12.6).</summary>
public enum ServerState
{
    Running = 0,
    Failed = 1,
    NoConfiguration = 2,
    Suspended = 3,
    Shutdown = 4,
    Test = 5,
    CommunicationFault = 6,
    Unknown = 7,
}

/// <summary>The state of a server (Part 5, 12.10).</summary>
public sealed record ServerStatusDataType(
    DateTime StartTime,
    DateTime CurrentTime,
    ServerState State,
    BuildInfo BuildInfo,
    uint SecondsTillShutdown,
    LocalizedText ShutdownReason) : IUaEncodable<ServerStatusDataType>
{
    public static uint BinaryEncodingId => 864;

    public void Write(ref UaWriter w)
    {
        w.DateTime(StartTime);
        w.DateTime(CurrentTime);
        w.Enum(State);
        w.Structure(BuildInfo);
        w.UInt32(SecondsTillShutdown);
        w.LocalizedText(ShutdownReason);
    }

    public static ServerStatusDataType Read(ref UaReader r) => new(
        StartTime: r.DateTime(),
        CurrentTime: r.DateTime(),
        State: r.Enum<ServerState>(),
        BuildInfo: r.Structure<BuildInfo>(),
        SecondsTillShutdown: r.UInt32(),
        ShutdownReason: r.LocalizedText());
}
