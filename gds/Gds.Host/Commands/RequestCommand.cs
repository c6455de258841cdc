using System.CommandLine;
using Gds.Host.Output;
using Gds.Store;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds request: certificate requests and decisions about them.</summary>
internal static class RequestCommand
{
    public static Command Create() => new("request", "Certificate requests.") { List(), Show(), Approve(), Reject() };

    private static Command List()
    {
        var state = new Option<RequestState?>("--state") { Description = "Only requests in this state." };
        return new Command("list", "List requests, newest first.") { state }.Calling(async (parsed, client, ct) =>
        {
            var query = parsed.GetValue(state) is { } wanted ? $"?state={wanted}" : "";
            var all = await client.GetAsync("/requests" + query, GdsJson.Default.IReadOnlyListRequestJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListRequestJson);
            else
            {
                Table.Write(["ID", "STATE", "APPLICATION", "SUBJECT", "BY", "AT"], all.Select(r =>
                    (IReadOnlyList<string?>)[r.Id.ToString(), r.State.ToString(), r.ApplicationUri, r.Subject, r.RequestedBy, Table.Time(r.CreatedAt)]));
            }
        });
    }

    private static Command Show()
    {
        var id = Id();
        return new Command("show", "Show one request.") { id }.Calling(async (parsed, client, ct) =>
            Say(parsed, await client.GetAsync($"/requests/{parsed.GetValue(id)}", GdsJson.Default.RequestJson, ct)));
    }

    private static Command Approve()
    {
        var id = Id();
        return new Command("approve", "Approve a request and issue the certificate.") { id }.Calling(async (parsed, client, ct) =>
            Say(parsed, await client.PostAsync($"/requests/{parsed.GetValue(id)}/approve", GdsJson.Default.RequestJson, ct)));
    }

    private static Command Reject()
    {
        var id = Id();
        var reason = new Option<string?>("--reason") { Description = "Why; the application and the audit log get to know it." };
        return new Command("reject", "Reject a request.") { id, reason }.Calling(async (parsed, client, ct) =>
            Say(parsed, await client.PostAsync(
                $"/requests/{parsed.GetValue(id)}/reject", new RejectionJson(parsed.GetValue(reason)), GdsJson.Default.RejectionJson, GdsJson.Default.RequestJson, ct)));
    }

    private static Argument<Guid> Id() => Lookup.IdArgument("Id of the request, also as an agent shows it (ns=1;g=...).", "gds request list");

    private static void Say(ParseResult parsed, RequestJson r)
    {
        if (parsed.WantsJson())
        {
            JsonOut.Write(r, HostJson.Pretty.RequestJson);
            return;
        }

        Table.WriteFields(
            ("Id", r.Id.ToString()), ("State", r.State.ToString()), ("Application", r.ApplicationUri), ("Name", r.ApplicationName),
            ("Group", r.Group), ("Type", r.Type), ("Subject", r.Subject), ("Key", r.Key), ("Hosts", string.Join(" ", r.Hosts)),
            ("Requested by", $"{r.RequestedBy} from {r.RequestedFrom}"), ("Requested at", Table.Time(r.CreatedAt)),
            ("Decided by", r.DecidedBy), ("Decided at", Table.Time(r.DecidedAt)), ("Reason", r.Reason), ("Completed at", Table.Time(r.CompletedAt)));
    }
}
