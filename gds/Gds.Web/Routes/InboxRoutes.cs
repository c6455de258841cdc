using Gds.Core.Agents;
using Gds.Store;
using Gds.Web.Records;
using Microsoft.AspNetCore.Routing;

namespace Gds.Web.Routes;

/// <summary>/inbox: certificates that gateways refused or found.</summary>
internal static class InboxRoutes
{
    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        routes.Get("/inbox", static json => json.IReadOnlyListInboxJson, call =>
            Task.FromResult<IReadOnlyList<InboxJson>>([.. Inbox(call).List(call.Caller, call.QueryName<InboxState>("state"), call.Max()).Select(InboxJson.Of)]));
        routes.Get("/inbox/{id}", static json => json.InboxJson, async call =>
            InboxJson.Of(await Inbox(call).GetAsync(call.Caller, call.Route("id"), call.Cancellation)));
        routes.Post("/inbox/{id}/trust", static json => json.InboxTrustJson, static json => json.InboxJson, async (call, body) =>
            InboxJson.Of(await Inbox(call).TrustAsync(call.Caller, call.Route("id"), new InboxTrust(body.Group, body.AsIssuer, body.Crls ?? []), call.Cancellation)));
        routes.Post("/inbox/{id}/dismiss", static json => json.InboxJson, async call =>
            InboxJson.Of(await Inbox(call).DismissAsync(call.Caller, call.Route("id"), call.Cancellation)));
    }

    private static RejectedInbox Inbox(ApiCall call) => call.Service<RejectedInbox>();
}
