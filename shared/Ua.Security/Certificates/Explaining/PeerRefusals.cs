using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>What the code most likely means with which another application refuses ours.</summary>
public static class PeerRefusals
{
    public static Cause CauseOf(StatusCode code)
    {
        if (code == StatusCodes.BadSecurityChecksFailed || code == StatusCodes.BadCertificateUntrusted || code == StatusCodes.BadCertificateChainIncomplete) return Cause.PeerDoesNotTrustUs;
        if (code == StatusCodes.BadConnectionClosed || code == StatusCodes.BadSecureChannelClosed) return Cause.PeerDoesNotTrustUs;
        if (code == StatusCodes.BadCertificateRevocationUnknown || code == StatusCodes.BadCertificateIssuerRevocationUnknown) return Cause.PeerLacksRevocationList;
        if (code == StatusCodes.BadCertificateTimeInvalid || code == StatusCodes.BadCertificateIssuerTimeInvalid) return Cause.PeerSaysExpired;
        if (code == StatusCodes.BadCertificateRevoked || code == StatusCodes.BadCertificateIssuerRevoked) return Cause.PeerSaysRevoked;
        if (code == StatusCodes.BadCertificateUriInvalid) return Cause.PeerSaysUriWrong;
        if (code == StatusCodes.BadCertificateUseNotAllowed || code == StatusCodes.BadCertificateIssuerUseNotAllowed) return Cause.PeerSaysUseNotAllowed;
        if (code == StatusCodes.BadCertificatePolicyCheckFailed) return Cause.PeerSaysKeyNotAllowed;
        if (code == StatusCodes.BadSecurityPolicyRejected || code == StatusCodes.BadSecurityModeRejected) return Cause.PolicyNotOffered;
        if (code == StatusCodes.BadTcpEndpointUrlInvalid) return Cause.EndpointUrlRefused;
        if (code == StatusCodes.BadTimeout) return Cause.EndpointSilent;
        return IsBusy(code) ? Cause.PeerBusy : Cause.PeerRefuses;
    }

    private static bool IsBusy(StatusCode code) =>
        code == StatusCodes.BadTcpServerTooBusy || code == StatusCodes.BadTcpNotEnoughResources || code == StatusCodes.BadTooManySessions
        || code == StatusCodes.BadTooManyOperations || code == StatusCodes.BadServerHalted;
}
