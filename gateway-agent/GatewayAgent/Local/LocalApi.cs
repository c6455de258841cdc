using GatewayAgent.Configuration;
using GatewayAgent.Explaining;
using GatewayAgent.Refresh;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ua.Server.Nodes;
using Ua.Server.Sessions;

namespace GatewayAgent.Local;

/// <summary>The door of a running agent: the same operations as HTTP, for its owner's command line.</summary>
internal static class LocalApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").AddEndpointFilter(TellProblemAsync);
        api.MapGet("/status", async (AgentOperations operations, RefreshWorker worker, CancellationToken cancellationToken) =>
            (await operations.StatusAsync(cancellationToken)) with { Running = true, NextCycle = worker.Next, Listening = worker.IsListening });
        api.MapPost("/sync", (AgentOperations operations, CancellationToken cancellationToken) => operations.SyncAsync(cancellationToken));
        api.MapGet("/certificates", (AgentOperations operations, string? application, CancellationToken cancellationToken) => operations.ListAsync(application, cancellationToken));
        api.MapPost("/explain", (Explainer explainer, ExplainOrder order, CancellationToken cancellationToken) => explainer.RunAsync(order, cancellationToken));
        api.MapPost("/trust", (AgentOperations operations, DecisionOrder order, CancellationToken cancellationToken) => operations.TrustAsync(order, cancellationToken));
        api.MapPost("/reject", (AgentOperations operations, DecisionOrder order, CancellationToken cancellationToken) => operations.RejectAsync(order, cancellationToken));
        api.MapPut("/administrator", async (AgentOperations operations, IServiceProvider services, AdministratorOrder order, CancellationToken cancellationToken) =>
        {
            await operations.SetAdministratorAsync(order, cancellationToken);
            services.GetService<UaServerSessions>()?.Close(c => c.User.Kind == UserIdentityKind.UserName); // the old password opens nothing any more
            return Results.NoContent();
        });
        api.MapPost("/applications", async (Fleet fleet, ApplicationConfiguration application, CancellationToken cancellationToken) =>
        {
            await fleet.File.AddAsync(application, cancellationToken);
            return Results.NoContent();
        });
        api.MapPost("/enroll", async (AgentOperations operations, RefreshWorker worker, EnrolOrder order, CancellationToken cancellationToken) =>
        {
            var report = await operations.EnrolAsync(order, cancellationToken);
            worker.Wake();
            return report with { Running = true };
        });
    }

    /// <summary>The one place where a problem becomes an answer.</summary>
    private static async ValueTask<object?> TellProblemAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (AgentProblem e)
        {
            return Results.Json(new ProblemReport(e.Kind, e.Message), LocalJson.Format, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
