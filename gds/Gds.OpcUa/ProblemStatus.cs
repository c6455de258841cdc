using Gds.Core;
using Ua.Core;
using Ua.Server.Nodes;

namespace Gds.OpcUa;

/// <summary>Turns problems of the core into what an OPC UA client gets: a status code, and the sentence as diagnostics.</summary>
internal static class ProblemStatus
{
    public static StatusCode Of(ProblemKind kind) => kind switch
    {
        ProblemKind.InvalidArgument => StatusCodes.BadInvalidArgument,
        ProblemKind.NotFound => StatusCodes.BadNotFound,
        ProblemKind.EntryExists => StatusCodes.BadEntryExists,
        ProblemKind.AccessDenied => StatusCodes.BadUserAccessDenied,
        ProblemKind.CredentialsRejected => StatusCodes.BadIdentityTokenRejected,
        ProblemKind.SecurityModeInsufficient => StatusCodes.BadSecurityModeInsufficient,
        ProblemKind.WriteNotSupported => StatusCodes.BadWriteNotSupported,
        ProblemKind.NothingToDo => StatusCodes.BadNothingToDo,
        ProblemKind.RequestNotAllowed => StatusCodes.BadRequestNotAllowed,
        ProblemKind.InvalidState => StatusCodes.BadInvalidState,
        ProblemKind.NotReadable => StatusCodes.BadNotReadable,
        ProblemKind.CertificateInvalid => StatusCodes.BadCertificateInvalid,
        ProblemKind.CertificateChainIncomplete => StatusCodes.BadCertificateChainIncomplete,
        ProblemKind.Unavailable => StatusCodes.BadResourceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No status code stands for this kind of problem."),
    };

    public static MethodResult ResultOf(GdsProblem problem) => MethodResult.Bad(Of(problem.Kind)) with { Text = problem.Message };

    /// <summary>A handler whose problems have become results.</summary>
    public static MethodHandler Answering(this MethodHandler handler) => async (call, cancellationToken) =>
    {
        try
        {
            return await handler(call, cancellationToken);
        }
        catch (GdsProblem problem)
        {
            return ResultOf(problem);
        }
    };
}
