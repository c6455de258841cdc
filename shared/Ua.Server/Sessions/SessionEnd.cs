namespace Ua.Server.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    ClosedByClient,
    TimedOut,
    Aborted,
    Misused,
    NoLongerTrusted,
    ClosedByServer,
    ServerStopped,
}
