using System.CommandLine;
using System.Globalization;
using Gds.Host.Output;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds audit: who did what, from where, and what came of it.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "Audit log.") { List() };

    private static Command List()
    {
        var since = new Option<DateTimeOffset?>("--since") { Description = "Only rows from this time on." };
        var until = new Option<DateTimeOffset?>("--until") { Description = "Only rows before this time." };
        var who = new Option<string?>("--who") { Description = "Only rows of this user or application." };
        var action = new Option<string?>("--action") { Description = "Only rows of this action, such as certificate.revoke." };
        var target = new Option<string?>("--target") { Description = "Only rows about what contains this text." };
        var refused = new Option<bool?>("--refused") { Description = "Only refusals (true) or only changes (false)." };
        var max = new Option<int>("--max") { Description = "How many rows.", DefaultValueFactory = _ => 100 };
        return new Command("list", "List audit rows, newest first.") { since, until, who, action, target, refused, max }.Calling(async (parsed, client, ct) =>
        {
            (string Name, string? Value)[] filters =
            [
                ("since", Time(parsed.GetValue(since))), ("until", Time(parsed.GetValue(until))), ("who", parsed.GetValue(who)), ("action", parsed.GetValue(action)),
                ("target", parsed.GetValue(target)), ("refused", parsed.GetValue(refused)?.ToString()), ("max", parsed.GetValue(max).ToString(CultureInfo.InvariantCulture)),
            ];
            var query = string.Join('&', filters.Where(f => f.Value is not null).Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value!)}"));
            var rows = await client.GetAsync("/audit?" + query, GdsJson.Default.IReadOnlyListAuditJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(rows, HostJson.Pretty.IReadOnlyListAuditJson);
            else
            {
                Table.Write(["TIME", "WHO", "FROM", "ACTION", "TARGET", "RESULT", "DETAIL"], rows.Select(r =>
                    (IReadOnlyList<string?>)[Table.Time(r.Time), r.Who, r.Origin, r.Action, r.Target, r.Result, r.Detail]));
            }
        });
    }

    private static string? Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
