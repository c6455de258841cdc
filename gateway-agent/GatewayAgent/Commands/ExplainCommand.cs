using System.CommandLine;
using GatewayAgent.Explaining;
using Ua.Security.Certificates;

namespace GatewayAgent.Commands;

/// <summary>explain: why a certificate is accepted or not, and why an endpoint can be reached or not.</summary>
internal static class ExplainCommand
{
    private const long LargestFile = 1024 * 1024;

    public static Command Create(CommandSetting setting)
    {
        var what = new Argument<string>("certificate|thumbprint|endpoint") { Description = "A file with a certificate, the thumbprint of one in the folders, or an opc.tcp URL to connect to." };
        var role = new Option<PeerRole?>("--as") { Description = "What the certificate's owner is to the gateway: Client or Server. Without it, whatever the gateway has to do with.", HelpName = "Client|Server" };
        var application = CommandSetting.ApplicationOption();
        var json = CommandSetting.JsonOption();
        var command = new Command("explain", "Says whether a gateway accepts a certificate, or connects to an endpoint, step by step, and what to do if not. Ends with 1 if not.") { what, role, application, json };
        command.SetAction((parsed, cancellationToken) => setting.RunAsync(parsed, createsFolder: false, async door =>
        {
            var order = await OrderAsync(parsed.GetValue(application), parsed.GetValue(what)!, parsed.GetValue(role), cancellationToken);
            var report = await door.ExplainAsync(order, cancellationToken);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(report);
            else await ExplainText.WriteAsync(setting.Output, report);
            return report.Possible ? 0 : (int)ProblemKind.Refused;
        }, cancellationToken));
        return command;
    }

    private static async Task<ExplainOrder> OrderAsync(string? application, string what, PeerRole? role, CancellationToken cancellationToken)
    {
        if (role is PeerRole.User) throw new AgentProblem(ProblemKind.Usage, "--as must be Client or Server: users are not judged by these folders.");
        if (what.Contains("://", StringComparison.Ordinal))
        {
            if (!what.StartsWith("opc.tcp://", StringComparison.OrdinalIgnoreCase)) throw new AgentProblem(ProblemKind.Usage, $"'{what}' is no opc.tcp URL: only these can be connected to.");
            return new ExplainOrder(application, what, null, role);
        }

        var file = new FileInfo(what);
        if (!file.Exists) return LooksLikeFile(what) ? throw new AgentProblem(ProblemKind.NotFound, $"There is no file '{what}'.") : new ExplainOrder(application, what, null, role);
        if (file.Length > LargestFile) throw new AgentProblem(ProblemKind.Usage, $"The file '{what}' has {file.Length} bytes; a certificate has at most {LargestFile}.");
        try
        {
            return new ExplainOrder(application, file.FullName, await File.ReadAllBytesAsync(file.FullName, cancellationToken), role);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The file '{what}' cannot be read: {e.Message}", e);
        }
    }

    private static bool LooksLikeFile(string what) => what.AsSpan().ContainsAny('/', '\\', '.');
}
