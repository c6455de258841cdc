using System.Collections.Frozen;
using Ua.Core;

namespace Ua.Client;

/// <summary>Tells what an error says about the connection and the session it came over.</summary>
internal static class ConnectionErrors
{
    private static readonly FrozenSet<StatusCode> s_ofConnection = FrozenSet.ToFrozenSet(
    [
        StatusCodes.BadConnectionClosed, StatusCodes.BadConnectionRejected, StatusCodes.BadSecureChannelClosed, StatusCodes.BadSecureChannelIdInvalid,
        StatusCodes.BadSecureChannelTokenUnknown, StatusCodes.BadCommunicationError, StatusCodes.BadServerNotConnected, StatusCodes.BadNotConnected, StatusCodes.BadTimeout,
        StatusCodes.BadTcpServerTooBusy, StatusCodes.BadTcpSecureChannelUnknown, StatusCodes.BadTcpInternalError, StatusCodes.BadTcpNotEnoughResources,
    ]);

    private static readonly FrozenSet<StatusCode> s_ofSession = FrozenSet.ToFrozenSet(
        [StatusCodes.BadSessionIdInvalid, StatusCodes.BadSessionClosed, StatusCodes.BadSessionNotActivated]);

    /// <summary>The server answered, and the answer was no.</summary>
    public static bool IsFromService(UaException error) => !s_ofConnection.Contains(error.StatusCode);

    /// <summary>The server does not know the session any more.</summary>
    public static bool IsSessionLost(UaException error) => s_ofSession.Contains(error.StatusCode);
}
