using Ua.Core;
using Ua.Server.Sessions;

namespace Ua.Server.Services;

/// <summary>Counts what the diagnostics of a server show (Part 5, 12.9).</summary>
internal sealed class ServerCounters
{
    private uint _cumulatedSessions;
    private uint _securityRejectedSessions;
    private uint _rejectedSessions;
    private uint _timedOutSessions;
    private uint _abortedSessions;
    private uint _securityRejectedRequests;
    private uint _rejectedRequests;

    public uint CumulatedSessions => Volatile.Read(ref _cumulatedSessions);

    public uint SecurityRejectedSessions => Volatile.Read(ref _securityRejectedSessions);

    public uint RejectedSessions => Volatile.Read(ref _rejectedSessions);

    public uint TimedOutSessions => Volatile.Read(ref _timedOutSessions);

    public uint AbortedSessions => Volatile.Read(ref _abortedSessions);

    public uint SecurityRejectedRequests => Volatile.Read(ref _securityRejectedRequests);

    public uint RejectedRequests => Volatile.Read(ref _rejectedRequests);

    public void SessionCreated() => Interlocked.Increment(ref _cumulatedSessions);

    public void SessionRejected() => Interlocked.Increment(ref _rejectedSessions);

    /// <summary>A session was refused for its certificate, signature or user.</summary>
    public void SessionRefusedBySecurity()
    {
        Interlocked.Increment(ref _rejectedSessions);
        Interlocked.Increment(ref _securityRejectedSessions);
    }

    public void SessionEnded(SessionEnd end)
    {
        if (end == SessionEnd.TimedOut) Interlocked.Increment(ref _timedOutSessions);
        else if (end is not SessionEnd.ClosedByClient and not SessionEnd.ServerStopped) Interlocked.Increment(ref _abortedSessions);
    }

    public void RequestRejected(StatusCode status)
    {
        Interlocked.Increment(ref _rejectedRequests);
        if (IsSecurity(status)) Interlocked.Increment(ref _securityRejectedRequests);
    }

    private static bool IsSecurity(StatusCode status) =>
        status == StatusCodes.BadSecurityChecksFailed || status == StatusCodes.BadUserAccessDenied || status == StatusCodes.BadSessionIdInvalid
        || status == StatusCodes.BadSecureChannelIdInvalid || status == StatusCodes.BadIdentityTokenInvalid || status == StatusCodes.BadIdentityTokenRejected
        || status == StatusCodes.BadSecurityModeInsufficient || status == StatusCodes.BadApplicationSignatureInvalid;
}
