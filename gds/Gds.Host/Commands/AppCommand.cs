using System.CommandLine;
using Gds.Core.Sync;
using Gds.Host.Output;
using Gds.Store;
using Gds.Web.Client;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds app: the directory of applications.</summary>
internal static class AppCommand
{
    /// <summary>The capability of a server about which nothing is known (Part 12, Annex D).</summary>
    private const string NotKnown = "NA";

    public static Command Create() => new("app", "Registered applications.") { List(), Show(), Add(), Remove(), Admin() };

    private static Command List()
    {
        var state = new Option<SyncState?>("--state") { Description = "Only those that stand so in one of their groups." };
        var overdue = new Option<bool>("--overdue") { Description = "Only those that have been out of sync for too long." };
        return new Command("list", "List the applications.") { state, overdue }.Calling(async (parsed, client, ct) =>
        {
            var (wanted, late) = (parsed.GetValue(state), parsed.GetValue(overdue));
            var members = (await Lookup.MembersAsync(client, wanted, late, ct)).ToLookup(m => m.ApplicationId);
            var all = (await Lookup.AllApplicationsAsync(client, ct)).Where(a => (wanted is null && !late) || members.Contains(a.Id))
                .Select(a => a with { Sync = [.. members[a.Id]] }).ToList();
            if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListApplicationJson);
            else
            {
                Table.Write(["ID", "NAME", "TYPE", "APPLICATION URI", "STATE", "UPDATED"], all.Select(a => (IReadOnlyList<string?>)
                    [a.Id.ToString(), a.Names[0].Text, a.ApplicationType.ToString(), a.ApplicationUri, States(a.Sync!), Table.Time(a.UpdatedAt)]));
            }
        });
    }

    private static string States(IReadOnlyList<MemberJson> members) => members is [var only]
        ? MemberText.State(only)
        : string.Join("; ", members.Select(m => $"{m.Group}: {MemberText.State(m)}"));

    private static Command Show()
    {
        var which = Lookup.ApplicationArgument();
        var command = new Command("show", "Show one application: how it stands in its groups, and its certificates.") { which };
        return command.Calling(async (parsed, client, ct) =>
        {
            var app = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(which), ct);
            var certificates = await client.GetAsync($"/certificates?application={app.Id}", GdsJson.Default.IReadOnlyListCertificateJson, ct);
            var sync = await client.GetAsync($"/applications/{app.Id}/sync", GdsJson.Default.IReadOnlyListMemberJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(new ApplicationDetailJson(app with { Sync = sync }, certificates), HostJson.Pretty.ApplicationDetailJson);
            else Say(app, certificates, sync);
        });
    }

    private static void Say(ApplicationJson app, IReadOnlyList<CertificateJson> certificates, IReadOnlyList<MemberJson> sync)
    {
        Table.WriteFields(
            ("Id", app.Id.ToString()), ("Application URI", app.ApplicationUri), ("Names", string.Join(", ", app.Names.Select(n => n.Text))),
            ("Type", app.ApplicationType.ToString()), ("Product URI", app.ProductUri), ("Discovery URLs", string.Join(" ", app.DiscoveryUrls)),
            ("Capabilities", string.Join(" ", app.ServerCapabilities)), ("Registered by", app.RegisteredBy), ("Registered at", Table.Time(app.CreatedAt)),
            ("Updated at", Table.Time(app.UpdatedAt)), ("Administers", string.Join(" ", app.Administers)));
        foreach (var member in sync)
        {
            Console.WriteLine();
            MemberText.WriteOne(member);
        }

        Console.WriteLine();
        if (certificates.Count == 0) Console.WriteLine("No certificate was issued to it.");
        else CertCommand.Say(certificates);
    }

    private static Command Add()
    {
        var uri = new Option<string>("--uri") { Description = "ApplicationUri.", Required = true };
        var name = new Option<string>("--name") { Description = "Name for people.", Required = true };
        var product = new Option<string>("--product-uri") { Description = "ProductUri.", Required = true };
        var type = new Option<ApplicationType>("--type") { Description = "Kind of application.", DefaultValueFactory = _ => ApplicationType.Server };
        var urls = new Option<string[]>("--discovery-url") { Description = "URL of an endpoint; may be given several times." };
        var capabilities = new Option<string[]>("--capability") { Description = "Capability identifier such as DA; may be given several times. Default: NA, not known, for a server." };
        var command = new Command("add", "Register an application.") { uri, name, product, type, urls, capabilities };
        return command.Calling(async (parsed, client, ct) =>
        {
            var offers = parsed.GetValue(capabilities) is { Length: > 0 } given ? given : parsed.GetValue(type) == ApplicationType.Client ? [] : [NotKnown];
            var registration = new RegistrationJson(
                parsed.GetRequiredValue(uri), parsed.GetValue(type), [new NameJson(null, parsed.GetRequiredValue(name))],
                parsed.GetRequiredValue(product), parsed.GetValue(urls) ?? [], offers);
            var made = await client.PostAsync("/applications", registration, GdsJson.Default.RegistrationJson, GdsJson.Default.ApplicationJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(made, HostJson.Pretty.ApplicationJson);
            else Console.WriteLine($"Registered {made.ApplicationUri} as {made.Id}.");
        });
    }

    /// <summary>gds app admin: the privilege ApplicationAdmin (Part 12, 7.2).</summary>
    private static Command Admin() => new("admin", "Which application may fetch certificates and trust lists for another, as an agent does for its gateways.")
    {
        SetAdmin("grant", "Let an application administer another.", granted: true), SetAdmin("revoke", "Take that back.", granted: false),
    };

    private static Command SetAdmin(string verb, string description, bool granted)
    {
        var administrator = new Argument<string>("administrator") { Description = "ApplicationUri or id of the application that administers." };
        var managed = Lookup.ApplicationArgument();
        return new Command(verb, description) { administrator, managed }.Calling(async (parsed, client, ct) =>
        {
            var admin = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(administrator), ct);
            var other = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(managed), ct);
            var path = $"/applications/{admin.Id}/administers/{other.Id}";
            if (granted) await client.PostAsync(path, GdsJson.Default.ApplicationJson, ct);
            else await client.DeleteAsync(path, ct);
            Done.Say(parsed, $"{admin.ApplicationUri} {(granted ? "administers" : "does not administer")} {other.ApplicationUri}.");
        });
    }

    private static Command Remove()
    {
        var which = Lookup.ApplicationArgument();
        var command = new Command("remove", "Unregister an application and revoke its certificates.") { which };
        return command.Calling(async (parsed, client, ct) =>
        {
            var app = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(which), ct);
            await client.DeleteAsync($"/applications/{app.Id}", ct);
            Done.Say(parsed, $"Unregistered {app.ApplicationUri}.");
        });
    }
}
