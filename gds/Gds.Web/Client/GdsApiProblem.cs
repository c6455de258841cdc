using System.Net;

namespace Gds.Web.Client;

/// <summary>The API refused, or could not be reached (then Status is null).</summary>
public sealed class GdsApiProblem : Exception
{
    public GdsApiProblem(HttpStatusCode? status, string text) : base(text) => Status = status;

    public GdsApiProblem(HttpStatusCode? status, string text, Exception inner) : base(text, inner) => Status = status;

    public HttpStatusCode? Status { get; }

    /// <summary>The kind of problem that the core named; null where none of its rules spoke.</summary>
    public string? Kind { get; init; }
}
