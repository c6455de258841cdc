using System.Net.Sockets;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>What it means where an attempt to connect ended.</summary>
internal static class ProbeReasons
{
    /// <summary>Null where nothing failed.</summary>
    public static Reason? Of(ProbeReport probe, string url)
    {
        if (probe.Failure is not { } failure) return null;
        var cause = CauseOf(probe.Stage, failure);
        var code = failure.StatusCode.ToString();
        var text = $"{Where(probe.Stage, url)}: {(failure.Message == code ? code : $"{failure.Message.TrimEnd('.')} ({code})")}.";
        return cause == Cause.UserNeeded ? Reason.Warns(cause, text) : Reason.Blocks(cause, text);
    }

    private static Cause CauseOf(ProbeStage stage, UaException failure) => stage switch
    {
        ProbeStage.Connecting => OfNetwork(failure),
        ProbeStage.ChoosingEndpoint => Cause.PolicyNotOffered,
        ProbeStage.ActivatingSession when IsOfUser(failure.StatusCode) => Cause.UserNeeded,
        _ => PeerRefusals.CauseOf(failure.StatusCode),
    };

    private static Cause OfNetwork(UaException failure)
    {
        if (failure.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }) return Cause.HostNotFound;
        if (failure.StatusCode == StatusCodes.BadNotConnected) return Cause.EndpointUnreachable;
        // Whoever speaks OPC UA answers HEL with ACK or ERR; any other answer, or none but the end, is of something else.
        var meaning = PeerRefusals.CauseOf(failure.StatusCode);
        return meaning is Cause.EndpointSilent or Cause.EndpointUrlRefused or Cause.PeerBusy or Cause.PolicyNotOffered ? meaning : Cause.EndpointNotOpcUa;
    }

    private static bool IsOfUser(StatusCode code) =>
        code == StatusCodes.BadIdentityTokenRejected || code == StatusCodes.BadIdentityTokenInvalid || code == StatusCodes.BadUserAccessDenied;

    private static string Where(ProbeStage stage, string url) => stage switch
    {
        ProbeStage.Connecting => $"No connection to {url}",
        ProbeStage.Discovering => $"{url} gives no endpoints",
        ProbeStage.ChoosingEndpoint => $"{url} cannot be used",
        ProbeStage.OpeningChannel => $"{url} refuses the secure channel (OpenSecureChannel)",
        ProbeStage.CreatingSession => $"{url} opened a channel and refuses the session (CreateSession)",
        _ => $"{url} opened a session and refuses it without a user (ActivateSession)",
    };
}
