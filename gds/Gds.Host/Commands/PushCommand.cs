using System.CommandLine;
using Gds.Host.Output;
using Gds.Store;
using Gds.Web.Client;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds push: certificates and trust lists given to servers with push management.</summary>
internal static class PushCommand
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(300);

    public static Command Create() => new("push", "Certificates and trust lists given to servers with push management.") { PushTargetCommand.Create(), Run(), List(), Show() };

    private static Command Run()
    {
        var which = Lookup.ApplicationArgument();
        var renew = new Option<bool>("--renew") { Description = "Give new certificates even where none is due." };
        var command = new Command("run", "Push to one target now and wait for the end.") { which, renew };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var exitCode = ExitCodes.Ok;
            await ApiCommands.CallAsync(parsed, async client =>
            {
                var app = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(which), cancellationToken);
                var order = new PushOrderJson(app.Id, parsed.GetValue(renew));
                var run = await client.PostAsync("/push/runs", order, GdsJson.Default.PushOrderJson, GdsJson.Default.PushRunJson, cancellationToken);
                var ended = await WaitAsync(client, run.Id, cancellationToken);
                Say(parsed, ended);
                exitCode = ended.State == PushRunState.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
            }, cancellationToken);
            return exitCode;
        });
        return command;
    }

    private static Command List()
    {
        var application = new Option<string?>("--application") { Description = "Only pushes to this application: ApplicationUri or id." };
        return new Command("list", "List pushes, newest first.") { application }.Calling(async (parsed, client, ct) =>
        {
            var query = parsed.GetValue(application) is { } which ? $"?application={(await Lookup.ApplicationAsync(client, which, ct)).Id}" : "";
            var all = await client.GetAsync("/push/runs" + query, GdsJson.Default.IReadOnlyListPushRunJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListPushRunJson);
            else
            {
                Table.Write(["ID", "APPLICATION", "STATE", "REASON", "AT", "ENDED", "TEXT"], all.Select(r => (IReadOnlyList<string?>)
                    [r.Id.ToString(), r.ApplicationUri, r.State.ToString(), r.Reason.ToString(), Table.Time(r.CreatedAt), Table.Time(r.EndedAt), r.Text]));
            }
        });
    }

    private static Command Show()
    {
        var id = Lookup.IdArgument("Id of the push.", "gds push list");
        return new Command("show", "Show one push with its steps.") { id }.Calling(async (parsed, client, ct) =>
            Say(parsed, await client.GetAsync($"/push/runs/{parsed.GetValue(id)}", GdsJson.Default.PushRunJson, ct)));
    }

    /// <summary>A run that was interrupted by a stop of the GDS has ended too; another one takes it up.</summary>
    private static async Task<PushRunJson> WaitAsync(GdsApiClient client, Guid id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await client.GetAsync($"/push/runs/{id}", GdsJson.Default.PushRunJson, cancellationToken);
            if (run.State is not (PushRunState.Queued or PushRunState.Running)) return run;
            await Task.Delay(s_look, TimeProvider.System, cancellationToken);
        }
    }

    private static void Say(ParseResult parsed, PushRunJson run)
    {
        if (parsed.WantsJson())
        {
            JsonOut.Write(run, HostJson.Pretty.PushRunJson);
            return;
        }

        Table.WriteFields(
            ("Id", run.Id.ToString()), ("Application URI", run.ApplicationUri), ("State", run.State.ToString()), ("Reason", $"{run.Reason}{(run.Renew ? ", new certificates" : "")}"),
            ("Asked for by", run.RequestedBy), ("At", Table.Time(run.CreatedAt)), ("Ended", Table.Time(run.EndedAt)), ("Text", run.Text));
        Console.WriteLine();
        Table.Write(["TIME", "STEP", "OUTCOME", "APPLICATION", "GROUP", "TEXT"], run.Steps.Select(s => (IReadOnlyList<string?>)
            [Table.Time(s.Time), s.Kind.ToString(), s.Outcome.ToString(), s.ApplicationUri, s.Group, s.Text]));
    }
}
