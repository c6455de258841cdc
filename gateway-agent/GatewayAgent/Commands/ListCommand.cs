using System.CommandLine;
using GatewayAgent.Local;

namespace GatewayAgent.Commands;

/// <summary>list: what lies in the trust folders.</summary>
internal static class ListCommand
{
    public static Command Create(CommandSetting setting)
    {
        var json = CommandSetting.JsonOption();
        var application = CommandSetting.ApplicationOption();
        var command = new Command("list", "Lists certificates and revocation lists of the trust folders, also rejected ones, and where each comes from.") { application, json };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: false, async door =>
        {
            var items = await door.ListAsync(parsed.GetValue(application), cancellationToken);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(items);
            foreach (var item in parsed.GetValue(json) ? [] : items)
                await setting.Output.WriteLineAsync($"{item.Application,-20} {item.Place,-8} {item.Origin,-5} {item.Kind,-11} {item.Thumbprint ?? "-",-40} {Until(item.NotAfter),-10} {item.Subject}{item.Problem}");
            if (!parsed.GetValue(json)) await WriteNotesAsync(setting, door, parsed.GetValue(application), cancellationToken);
            return 0;
        }, cancellationToken));
        return command;
    }

    /// <summary>What has to be known or confirmed about the presets.</summary>
    private static async Task WriteNotesAsync(CommandSetting setting, IAgentDoor door, string? application, CancellationToken cancellationToken)
    {
        var status = await door.StatusAsync(cancellationToken);
        foreach (var about in status.Applications.Where(a => application is null || string.Equals(a.Name, application, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var note in about.PresetNotes) await setting.Output.WriteLineAsync($"{about.Name}: {note}");
        }
    }

    private static string Until(DateTimeOffset? end) => end is { } date ? date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "-";
}
