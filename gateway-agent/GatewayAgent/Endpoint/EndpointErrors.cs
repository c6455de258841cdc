using Ua.Core;

namespace GatewayAgent.Endpoint;

/// <summary>The one place where a problem of this room becomes a status code.</summary>
internal static class EndpointErrors
{
    public static UaException Of(AgentProblem problem) => new(
        problem.Kind switch
        {
            ProblemKind.NoAccess => StatusCodes.BadResourceUnavailable,
            ProblemKind.NotFound => StatusCodes.BadNotFound,
            ProblemKind.Usage => StatusCodes.BadConfigurationError,
            ProblemKind.Unreachable => StatusCodes.BadNotConnected,
            _ => StatusCodes.BadInvalidState,
        },
        problem.Message,
        problem);
}
