using Ua.Core;

namespace EndToEnd.Tests.Kill;

/// <summary>What a client may hear when the server is killed: that the connection is gone, and nothing else.</summary>
internal static class ConnectionLoss
{
    private static readonly StatusCode[] s_codes =
    [
        StatusCodes.BadNotConnected, StatusCodes.BadConnectionClosed, StatusCodes.BadSecureChannelClosed, StatusCodes.BadServerNotConnected,
        StatusCodes.BadCommunicationError, StatusCodes.BadConnectionRejected,
    ];

    public static bool IsTold(UaException e) => s_codes.Contains(e.StatusCode);
}
