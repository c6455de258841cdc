using System.CommandLine;
using GatewayAgent.Local;

namespace GatewayAgent.Commands;

/// <summary>trust: a technician's decision for a certificate.</summary>
internal static class TrustCommand
{
    private const long LargestFile = 1024 * 1024;

    public static Command Create(CommandSetting setting)
    {
        var certificate = new Argument<string>("thumbprint|file") { Description = "Thumbprint of a rejected certificate, or a file with a certificate (DER or PEM)." };
        var application = CommandSetting.ApplicationOption();
        var json = CommandSetting.JsonOption();
        var command = new Command("trust", "Trusts a certificate on this machine. It stays trusted, whatever the GDS gives, until it is rejected.") { certificate, application, json };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: false, async door =>
        {
            var report = await door.TrustAsync(await OrderAsync(parsed.GetValue(application), parsed.GetValue(certificate)!, cancellationToken), cancellationToken);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(report);
            foreach (var line in parsed.GetValue(json) ? [] : report.Done) await setting.Output.WriteLineAsync(line);
            return 0;
        }, cancellationToken));
        return command;
    }

    private static async Task<DecisionOrder> OrderAsync(string? application, string certificate, CancellationToken cancellationToken)
    {
        var file = new FileInfo(certificate);
        if (!file.Exists) return new DecisionOrder(application, certificate, null);
        if (file.Length > LargestFile) throw new AgentProblem(ProblemKind.Usage, $"The file '{certificate}' has {file.Length} bytes; a certificate has at most {LargestFile}.");
        try
        {
            return new DecisionOrder(application, null, await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The file '{certificate}' cannot be read: {e.Message}", e);
        }
    }
}
