using System.CommandLine;
using GatewayAgent.Configuration;
using GatewayAgent.Folders;
using GatewayAgent.Local;
using GatewayAgent.State;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;

namespace GatewayAgent.Commands;

/// <summary>enroll: first contact with a GDS by an enrolment string.</summary>
internal static class EnrollCommand
{
    private const string FromStandardInput = "-";

    public static Command Create(CommandSetting setting)
    {
        var text = new Argument<string>("string") { Description = "The enrolment string that 'gds token create' printed; - reads it from standard input." };
        var name = new Option<string?>("--application-name") { Description = "Adds an application to agent.json: its name.", HelpName = "NAME" };
        var uri = new Option<string?>("--application-uri") { Description = "Its ApplicationUri; without it, that of the certificate in its folder.", HelpName = "URI" };
        var accept = new Option<bool>("--accept-uri") { Description = "Takes the ApplicationUri although the certificate in the folder says another." };
        var type = new Option<ApplicationType>("--application-type") { Description = "What it is.", DefaultValueFactory = _ => ApplicationType.Server };
        var urls = new Option<string[]>("--discovery-url") { Description = "A URL of its endpoints; may be given several times.", HelpName = "URL" };
        var preset = new Option<string?>("--preset") { Description = "The layout of its trust folder; without it an existing folder is looked at, as detect does.", HelpName = "NAME" };
        var root = new Option<string?>("--root") { Description = "The root of its trust folder; without it the usual place of the preset, where it is there.", HelpName = "DIR" };
        var replace = new Option<bool>("--replace") { Description = "Leaves the GDS that the agent is enrolled with now." };
        var json = CommandSetting.JsonOption();
        var command = new Command("enroll", "Enrols the agent and its gateways with a GDS. May be repeated: what is done already stays.") { text, name, uri, accept, type, urls, preset, root, replace, json };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: true, async door =>
        {
            var given = parsed.GetValue(text)!;
            var order = new EnrolOrder(given == FromStandardInput ? await Console.In.ReadLineAsync(cancellationToken) ?? "" : given, parsed.GetValue(replace));
            if (!EnrolmentString.TryParse(order.EnrolmentString, out _, out var fault)) throw new AgentProblem(ProblemKind.Usage, fault);
            if (await ApplicationAsync() is { } application) await door.AddAsync(application, cancellationToken);
            var report = await door.EnrolAsync(order, cancellationToken);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(report);
            else await StatusText.WriteAsync(setting.Output, report);
            return report.Applications.All(a => a.State is SyncState.InSync or SyncState.WaitingForApproval) ? 0 : (int)ProblemKind.Refused;

            async Task<ApplicationConfiguration?> ApplicationAsync()
            {
                if (parsed.GetValue(uri) is null && parsed.GetValue(name) is null && parsed.GetValue(root) is null) return null;
                var folder = await new FolderChoice(setting.FolderOf(parsed)).FindAsync(parsed.GetValue(uri), parsed.GetValue(preset), parsed.GetValue(root), cancellationToken);
                if (parsed.GetValue(type) != ApplicationType.Client && parsed.GetValue(urls) is not { Length: > 0 })
                    throw new AgentProblem(ProblemKind.Usage, $"--discovery-url is needed for an application of the type {parsed.GetValue(type)}; for one that only connects to others say --application-type Client.");
                var added = new ApplicationConfiguration
                {
                    Name = parsed.GetValue(name) ?? throw new AgentProblem(ProblemKind.Usage, "--application-name is needed to add an application."),
                    ApplicationUri = parsed.GetValue(uri) ?? "",
                    Root = folder.Root,
                    Type = parsed.GetValue(type),
                    DiscoveryUrls = parsed.GetValue(urls) ?? [],
                    Preset = folder.Preset,
                };
                return added with { ApplicationUri = await UriAsync(added, folder.Layout) };
            }

            async Task<string> UriAsync(ApplicationConfiguration added, TrustFolderLayout? layout)
            {
                var present = layout is null ? null : await PresentUri.FindAsync(added with { Layout = layout }, cancellationToken);
                if (added.ApplicationUri.Length == 0)
                    return present?.Uri ?? throw new AgentProblem(ProblemKind.Usage, "--application-uri is needed to add an application: its folder holds no certificate of its own that would say it.");
                if (present is null || present.Uri == added.ApplicationUri || parsed.GetValue(accept)) return added.ApplicationUri;
                throw new AgentProblem(ProblemKind.Usage, $"The gateway goes by the ApplicationUri {present.Uri}, as its certificate '{present.File}' says, and not by {added.ApplicationUri}: peers refuse a certificate with another URI than the application states. Leave --application-uri out, or say --accept-uri if the gateway is to change its name.");
            }
        }, cancellationToken));
        return command;
    }
}
