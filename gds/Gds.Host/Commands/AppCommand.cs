using System.CommandLine;
using Gds.Host.Output;
using Gds.Store;
using Gds.Web.Client;
using Gds.Web.Records;

namespace Gds.Host.Commands;

/// <summary>gds app: the directory of applications.</summary>
internal static class AppCommand
{
    public static Command Create() => new("app", "Registered applications.") { List(), Show(), Add(), Remove() };

    private static Command List() => new Command("list", "List the applications.").Calling(async (parsed, client, ct) =>
    {
        var all = await Lookup.AllApplicationsAsync(client, ct);
        if (parsed.WantsJson()) JsonOut.Write(all, HostJson.Pretty.IReadOnlyListApplicationJson);
        else
        {
            Table.Write(["ID", "NAME", "TYPE", "APPLICATION URI", "UPDATED"], all.Select(a =>
                (IReadOnlyList<string?>)[a.Id.ToString(), a.Names[0].Text, a.ApplicationType.ToString(), a.ApplicationUri, Table.Time(a.UpdatedAt)]));
        }
    });

    private static Command Show()
    {
        var which = Lookup.ApplicationArgument();
        var command = new Command("show", "Show one application with its certificates.") { which };
        return command.Calling(async (parsed, client, ct) =>
        {
            var app = await Lookup.ApplicationAsync(client, parsed.GetRequiredValue(which), ct);
            var certificates = await client.GetAsync($"/certificates?application={app.Id}", GdsJson.Default.IReadOnlyListCertificateJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(new ApplicationDetailJson(app, certificates), HostJson.Pretty.ApplicationDetailJson);
            else Say(app, certificates);
        });
    }

    private static void Say(ApplicationJson app, IReadOnlyList<CertificateJson> certificates)
    {
        Table.WriteFields(
            ("Id", app.Id.ToString()), ("Application URI", app.ApplicationUri), ("Names", string.Join(", ", app.Names.Select(n => n.Text))),
            ("Type", app.ApplicationType.ToString()), ("Product URI", app.ProductUri), ("Discovery URLs", string.Join(" ", app.DiscoveryUrls)),
            ("Capabilities", string.Join(" ", app.ServerCapabilities)), ("Registered by", app.RegisteredBy), ("Registered at", Table.Time(app.CreatedAt)),
            ("Updated at", Table.Time(app.UpdatedAt)), ("Administers", string.Join(" ", app.Administers)));
        Console.WriteLine();
        CertCommand.Say(certificates);
    }

    private static Command Add()
    {
        var uri = new Option<string>("--uri") { Description = "ApplicationUri.", Required = true };
        var name = new Option<string>("--name") { Description = "Name for people.", Required = true };
        var product = new Option<string>("--product-uri") { Description = "ProductUri.", Required = true };
        var type = new Option<ApplicationType>("--type") { Description = "Kind of application.", DefaultValueFactory = _ => ApplicationType.Server };
        var urls = new Option<string[]>("--discovery-url") { Description = "URL of an endpoint; may be given several times." };
        var capabilities = new Option<string[]>("--capability") { Description = "Capability identifier such as DA; may be given several times." };
        var command = new Command("add", "Register an application.") { uri, name, product, type, urls, capabilities };
        return command.Calling(async (parsed, client, ct) =>
        {
            var registration = new RegistrationJson(
                parsed.GetRequiredValue(uri), parsed.GetValue(type), [new NameJson(null, parsed.GetRequiredValue(name))],
                parsed.GetRequiredValue(product), parsed.GetValue(urls) ?? [], parsed.GetValue(capabilities) ?? []);
            var made = await client.PostAsync("/applications", registration, GdsJson.Default.RegistrationJson, GdsJson.Default.ApplicationJson, ct);
            if (parsed.WantsJson()) JsonOut.Write(made, HostJson.Pretty.ApplicationJson);
            else Console.WriteLine($"Registered {made.ApplicationUri} as {made.Id}.");
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
