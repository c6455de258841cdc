using System.CommandLine;
using GatewayAgent.Local;

namespace GatewayAgent.Commands;

/// <summary>reject: a technician's decision against a certificate.</summary>
internal static class RejectCommand
{
    public static Command Create(CommandSetting setting)
    {
        var thumbprint = new Argument<string>("thumbprint") { Description = "Thumbprint of a trusted certificate, SHA-1 or SHA-256." };
        var application = CommandSetting.ApplicationOption();
        var json = CommandSetting.JsonOption();
        var command = new Command("reject", "Takes a certificate out of the trusted ones on this machine, also one that the GDS gives, until it is trusted again.") { thumbprint, application, json };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: false, async door =>
        {
            var report = await door.RejectAsync(new DecisionOrder(parsed.GetValue(application), parsed.GetValue(thumbprint), null), cancellationToken);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(report);
            foreach (var line in parsed.GetValue(json) ? [] : report.Done) await setting.Output.WriteLineAsync(line);
            return 0;
        }, cancellationToken));
        return command;
    }
}
