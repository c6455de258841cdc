namespace Ua.Core;

/// <summary>Counts of what a server has seen since its start (Part 5, 12.9).</summary>
public sealed record ServerDiagnosticsSummaryDataType(
    uint ServerViewCount,
    uint CurrentSessionCount,
    uint CumulatedSessionCount,
    uint SecurityRejectedSessionCount,
    uint RejectedSessionCount,
    uint SessionTimeoutCount,
    uint SessionAbortCount,
    uint CurrentSubscriptionCount,
    uint CumulatedSubscriptionCount,
    uint PublishingIntervalCount,
    uint SecurityRejectedRequestsCount,
    uint RejectedRequestsCount) : IUaEncodable<ServerDiagnosticsSummaryDataType>
{
    public static uint BinaryEncodingId => 861;

    public void Write(ref UaWriter w)
    {
        w.UInt32(ServerViewCount);
        w.UInt32(CurrentSessionCount);
        w.UInt32(CumulatedSessionCount);
        w.UInt32(SecurityRejectedSessionCount);
        w.UInt32(RejectedSessionCount);
        w.UInt32(SessionTimeoutCount);
        w.UInt32(SessionAbortCount);
        w.UInt32(CurrentSubscriptionCount);
        w.UInt32(CumulatedSubscriptionCount);
        w.UInt32(PublishingIntervalCount);
        w.UInt32(SecurityRejectedRequestsCount);
        w.UInt32(RejectedRequestsCount);
    }

    public static ServerDiagnosticsSummaryDataType Read(ref UaReader r) => new(
        ServerViewCount: r.UInt32(),
        CurrentSessionCount: r.UInt32(),
        CumulatedSessionCount: r.UInt32(),
        SecurityRejectedSessionCount: r.UInt32(),
        RejectedSessionCount: r.UInt32(),
        SessionTimeoutCount: r.UInt32(),
        SessionAbortCount: r.UInt32(),
        CurrentSubscriptionCount: r.UInt32(),
        CumulatedSubscriptionCount: r.UInt32(),
        PublishingIntervalCount: r.UInt32(),
        SecurityRejectedRequestsCount: r.UInt32(),
        RejectedRequestsCount: r.UInt32());
}
