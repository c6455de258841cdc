using System.CommandLine;

namespace GatewayAgent.Commands;

/// <summary>sync: one cycle now.</summary>
internal static class SyncCommand
{
    public static Command Create(CommandSetting setting)
    {
        var json = CommandSetting.JsonOption();
        var command = new Command("sync", "Asks the GDS once, now, and brings every application into step. Also tries again what was put off.") { json };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: false, async door =>
        {
            var report = await door.SyncAsync(cancellationToken);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(report);
            else await StatusText.WriteAsync(setting.Output, report.Applications);
            return report.Ok ? 0 : (int)ProblemKind.Refused;
        }, cancellationToken));
        return command;
    }
}
