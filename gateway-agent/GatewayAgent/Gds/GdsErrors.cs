using Ua.Core;

namespace GatewayAgent.Gds;

/// <summary>What an answer of the GDS means to a person on this machine, and what to do about it.</summary>
internal static class GdsErrors
{
    private static readonly StatusCode[] OfReachability =
    [
        StatusCodes.BadTimeout, StatusCodes.BadNotConnected, StatusCodes.BadConnectionClosed, StatusCodes.BadConnectionRejected, StatusCodes.BadCommunicationError, StatusCodes.BadServerNotConnected,
        StatusCodes.BadSecureChannelClosed, StatusCodes.BadTcpServerTooBusy, StatusCodes.BadTcpInternalError, StatusCodes.BadTcpNotEnoughResources,
        StatusCodes.BadServerHalted, StatusCodes.BadShutdown, StatusCodes.BadTooManySessions, StatusCodes.BadRequestTimeout, StatusCodes.BadNoCommunication,
    ];

    private static readonly StatusCode[] OfOwnCertificate =
    [
        StatusCodes.BadSecurityChecksFailed, StatusCodes.BadCertificateInvalid, StatusCodes.BadCertificateUntrusted, StatusCodes.BadCertificateRevoked,
        StatusCodes.BadCertificateTimeInvalid, StatusCodes.BadCertificateUriInvalid, StatusCodes.BadCertificateUseNotAllowed, StatusCodes.BadCertificateChainIncomplete,
        StatusCodes.BadCertificateRevocationUnknown, StatusCodes.BadCertificateIssuerRevocationUnknown, StatusCodes.BadCertificateIssuerRevoked, StatusCodes.BadCertificateIssuerTimeInvalid,
    ];

    private static readonly StatusCode[] OfUser = [StatusCodes.BadUserAccessDenied, StatusCodes.BadIdentityTokenRejected, StatusCodes.BadIdentityTokenInvalid];

    public static bool IsAway(UaException e) => OfReachability.Contains(e.StatusCode);

    public static bool RefusesCertificate(UaException e) => OfOwnCertificate.Contains(e.StatusCode);

    /// <summary>What to do when the GDS no longer knows the agent by its certificate.</summary>
    public static string EnrolAgain(string applicationUri) =>
        $"enrol again with a new enrolment string that names this agent in full ('gds token create --application {applicationUri}').";

    /// <summary>A failed connection with the agent's own certificate.</summary>
    public static AgentProblem OfConnection(string url, string applicationUri, UaException e)
    {
        if (IsAway(e)) return Away(url, e);
        if (RefusesCertificate(e) || OfUser.Contains(e.StatusCode))
            return new AgentProblem(ProblemKind.NeedsEnrolment, $"The GDS {url} does not accept the agent's certificate ({e.StatusCode}: {e.Message}). If it was revoked or has expired, {EnrolAgain(applicationUri)}", e);
        return new AgentProblem(ProblemKind.Refused, $"No session with the GDS {url}: {e.Message} ({e.StatusCode}).", e);
    }

    /// <summary>A failed first contact with an enrolment token.</summary>
    public static AgentProblem OfEnrolment(string url, UaException e)
    {
        if (IsAway(e)) return Away(url, e);
        if (OfUser.Contains(e.StatusCode))
            return new AgentProblem(ProblemKind.Refused, $"The GDS {url} does not accept the enrolment token ({e.StatusCode}: {e.Message}). It is expired, used up, revoked, or bound to another application: have a new one made with 'gds token create'.", e);
        if (RefusesCertificate(e))
            return new AgentProblem(ProblemKind.Refused, $"The GDS {url} refused the agent's self-signed certificate ({e.StatusCode}: {e.Message}). Compare the clocks of both machines; if first contact is closed at the GDS, trust the certificate there.", e);
        return new AgentProblem(ProblemKind.Refused, $"Enrolment at the GDS {url} failed: {e.Message} ({e.StatusCode}).", e);
    }

    /// <summary>A method of the GDS that did not succeed.</summary>
    public static AgentProblem OfCall(string what, UaException e) => IsAway(e)
        ? new AgentProblem(ProblemKind.Unreachable, $"{what} got no answer from the GDS: {e.Message} ({e.StatusCode}).", e)
        : new AgentProblem(ProblemKind.Refused, $"The GDS refused {what}: {e.Message} ({e.StatusCode}).{Advice(e)}", e);

    private static string Advice(UaException e) =>
        e.StatusCode == StatusCodes.BadUserAccessDenied ? " The agent lacks the right: enrol this application with a token for its ApplicationUri, or have ApplicationAdmin granted at the GDS." : "";

    private static AgentProblem Away(string url, UaException e) =>
        new(ProblemKind.Unreachable, $"The GDS {url} does not answer: {e.Message} ({e.StatusCode}). Check that it runs, name resolution, and firewalls between here and there.", e);
}
