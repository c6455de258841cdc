using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Gds.Host.Output;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds token: enrolment tokens.</summary>
internal static class TokenCommand
{
    public static Command Create() => new("token", "Enrolment tokens.") { Make(), List(), Revoke() };

    private static Command Make()
    {
        var applications = new Option<string[]>("--application")
        {
            Description = "ApplicationUri that may be enrolled, or a pattern with *; may be given several times. Default: any that is not registered yet.",
            HelpName = "PATTERN",
        };
        var uses = new Option<int>("--uses") { Description = "How many agents may use it.", DefaultValueFactory = _ => 1 };
        var expires = new Option<TimeSpan?>("--expires") { Description = "How long it is good for: 30m, 24h, 7d. Default: 24h.", HelpName = "DURATION", CustomParser = ParseDuration };
        var note = new Option<string?>("--note") { Description = "What it is for." };
        return new Command("create", "Make a token; the string that is printed is all that an agent needs.") { applications, uses, expires, note }.Calling(async (parsed, client, ct) =>
        {
            var order = new TokenOrderJson(parsed.GetValue(applications) ?? [], parsed.GetValue(uses), parsed.GetValue(expires) ?? TimeSpan.FromHours(24), parsed.GetValue(note));
            var made = await client.PostAsync("/tokens", order, GdsJson.Default.TokenOrderJson, GdsJson.Default.CreatedTokenJson, ct);
            if (parsed.WantsJson())
            {
                JsonOut.Write(made, HostJson.Pretty.CreatedTokenJson);
                return;
            }

            Console.WriteLine(made.Token);
            Console.Error.WriteLine($"Token {made.Id}, good until {Table.Time(made.Expires)}. It is shown this once.");
        });
    }

    private static Command List() => new Command("list", "List tokens.").Calling(async (parsed, client, ct) =>
    {
        var all = await client.GetAsync("/tokens", GdsJson.Default.IReadOnlyListTokenJson, ct);
        if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListTokenJson);
        else
        {
            Table.Write(["ID", "APPLICATIONS", "USED", "EXPIRES", "REVOKED", "BY", "NOTE"], all.Select(t => (IReadOnlyList<string?>)
                [t.Id.ToString(), t.Applications.Count == 0 ? "any new one" : string.Join(" ", t.Applications), $"{t.Uses.Count}/{t.MaxUses}", Table.Time(t.Expires), Table.Time(t.RevokedAt), t.CreatedBy, t.Note]));
        }
    });

    private static Command Revoke()
    {
        var id = Lookup.IdArgument("Id of the token.", "gds token list");
        return new Command("revoke", "Revoke a token; what was enrolled with it stays.") { id }.Calling(async (parsed, client, ct) =>
        {
            await client.DeleteAsync($"/tokens/{parsed.GetValue(id)}", ct);
            Done.Say(parsed, $"Revoked token {parsed.GetValue(id)}.");
        });
    }

    private static TimeSpan? ParseDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':')) return span;
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 100_000)
        {
            switch (text[^1])
            {
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
            }
        }

        result.AddError($"--expires '{text}' is no duration such as 30m, 24h or 7d.");
        return null;
    }
}
