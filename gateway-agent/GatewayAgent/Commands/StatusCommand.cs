using System.CommandLine;

namespace GatewayAgent.Commands;

/// <summary>status: how things stand.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandSetting setting)
    {
        var json = CommandSetting.JsonOption();
        var check = new Option<bool>("--check") { Description = "Ends with 1 unless every application is in step and the GDS was met: for monitoring." };
        var command = new Command("status", "Shows how the agent and its applications stand. Asks nobody but the disk.") { json, check };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: false, async door =>
        {
            var report = await door.StatusAsync(cancellationToken);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(report);
            else await StatusText.WriteAsync(setting.Output, report);
            return parsed.GetValue(check) && !report.IsHealthy ? (int)ProblemKind.Refused : 0;
        }, cancellationToken));
        return command;
    }
}
