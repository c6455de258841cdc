using System.Collections.Frozen;
using Ua.Core;

namespace Gds.Core.Push;

/// <summary>Tells what an error of a target means for the push.</summary>
internal static class PushErrors
{
    private static readonly FrozenSet<StatusCode> s_noAnswer = FrozenSet.ToFrozenSet(
    [
        StatusCodes.BadConnectionClosed, StatusCodes.BadConnectionRejected, StatusCodes.BadSecureChannelClosed, StatusCodes.BadSecureChannelIdInvalid,
        StatusCodes.BadSecureChannelTokenUnknown, StatusCodes.BadCommunicationError, StatusCodes.BadServerNotConnected, StatusCodes.BadNotConnected,
        StatusCodes.BadTimeout, StatusCodes.BadRequestTimeout, StatusCodes.BadShutdown, StatusCodes.BadServerHalted, StatusCodes.BadDisconnect,
        StatusCodes.BadTcpServerTooBusy, StatusCodes.BadTcpSecureChannelUnknown, StatusCodes.BadTcpInternalError, StatusCodes.BadTcpNotEnoughResources,
        StatusCodes.BadSessionClosed, StatusCodes.BadSessionIdInvalid, StatusCodes.BadSessionNotActivated,
    ]);

    private static readonly FrozenSet<StatusCode> s_cannot = FrozenSet.ToFrozenSet(
        [StatusCodes.BadNotSupported, StatusCodes.BadNotImplemented, StatusCodes.BadServiceUnsupported, StatusCodes.BadMethodInvalid, StatusCodes.BadNotWritable, StatusCodes.BadNodeIdUnknown]);

    private static readonly FrozenSet<StatusCode> s_notAboutContent = FrozenSet.ToFrozenSet(
        [StatusCodes.BadTransactionPending, StatusCodes.BadUserAccessDenied, StatusCodes.BadSecurityModeInsufficient, StatusCodes.BadInvalidState, StatusCodes.BadOutOfMemory, StatusCodes.BadResourceUnavailable]);

    /// <summary>The connection went before an answer came: nobody knows whether the call was carried out.</summary>
    public static bool IsNoAnswer(UaException error) => s_noAnswer.Contains(error.StatusCode);

    /// <summary>The target cannot do this at all.</summary>
    public static bool IsInability(UaException error) => s_cannot.Contains(error.StatusCode);

    /// <summary>The target looked at what it was given and refused it.</summary>
    public static bool IsRefusal(UaException error) => !IsNoAnswer(error) && !IsInability(error) && !s_notAboutContent.Contains(error.StatusCode);
}
