using Gds.Core;
using Gds.Web.Records;
using Microsoft.AspNetCore.Http;

namespace Gds.Web;

/// <summary>Turns problems of the core into HTTP answers (RFC 9457).</summary>
internal static class Problems
{
    public static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.InvalidArgument or ProblemKind.CertificateInvalid or ProblemKind.CertificateChainIncomplete => StatusCodes.Status400BadRequest,
        ProblemKind.CredentialsRejected => StatusCodes.Status401Unauthorized,
        ProblemKind.AccessDenied or ProblemKind.SecurityModeInsufficient => StatusCodes.Status403Forbidden,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.EntryExists or ProblemKind.WriteNotSupported or ProblemKind.NothingToDo or ProblemKind.RequestNotAllowed
            or ProblemKind.InvalidState or ProblemKind.NotReadable => StatusCodes.Status409Conflict,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No HTTP status stands for this kind of problem."),
    };

    public static async Task WriteAsync(HttpContext context, GdsProblem problem)
    {
        var status = StatusOf(problem.Kind);
        var json = new ProblemJson($"urn:gdssuite:problem:{problem.Kind}", problem.Kind.ToString(), status, problem.Message, problem.Kind.ToString());
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(json, GdsJson.Default.ProblemJson, "application/problem+json", context.RequestAborted);
    }
}
