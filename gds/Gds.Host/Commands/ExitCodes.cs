using System.Net;
using Gds.Core;
using Gds.Web.Client;

namespace Gds.Host.Commands;

/// <summary>What the process says to the shell.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int NoAccess = 4;

    /// <summary>No GDS answers, or its data folder is held by another process.</summary>
    public const int NotReachable = 5;

    public static int Of(GdsApiProblem problem) => problem.Status switch
    {
        _ when Enum.TryParse<ProblemKind>(problem.Kind, out var kind) => Of(kind),
        null or HttpStatusCode.ServiceUnavailable => NotReachable,
        HttpStatusCode.NotFound => NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => NoAccess,
        _ => Failed,
    };

    public static int Of(ProblemKind kind) => kind switch
    {
        ProblemKind.InvalidArgument => Usage,
        ProblemKind.NotFound => NotFound,
        ProblemKind.AccessDenied or ProblemKind.CredentialsRejected or ProblemKind.SecurityModeInsufficient => NoAccess,
        ProblemKind.Unavailable => NotReachable,
        _ => Failed,
    };
}
