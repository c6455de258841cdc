using System.CommandLine;

namespace GatewayAgent.Commands;

/// <summary>gateway-agent and its commands, one file each.</summary>
internal static class AgentCommandLine
{
    public static RootCommand Create(CommandSetting setting)
    {
        var root = new RootCommand("Keeps the certificates and trust lists of gateways in step with a Global Discovery Server.")
        {
            EnrollCommand.Create(setting),
            DetectCommand.Create(setting),
            RunCommand.Create(setting),
            SyncCommand.Create(setting),
            StatusCommand.Create(setting),
            ListCommand.Create(setting),
            TrustCommand.Create(setting),
            RejectCommand.Create(setting),
            ExplainCommand.Create(setting),
            PasswordCommand.Create(setting),
        };
        root.Options.Add(setting.Data);
        root.Options.Add(setting.Verbose);
        return root;
    }

    /// <returns>0, or 1 refused, 2 usage, 3 not found, 4 no access, 5 not reachable.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        var parsed = Create(new CommandSetting(output, errors)).Parse(arguments);
        var invocation = new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false };
        var code = await parsed.InvokeAsync(invocation, cancellationToken);
        return parsed.Errors.Count > 0 ? (int)ProblemKind.Usage : code;
    }
}
