using System.CommandLine;
using Gds.Authority;
using Gds.Core;
using Gds.Host.Commands;
using Gds.Host.Configuration;
using Gds.Web.Client;
using Microsoft.Extensions.Options;
using Ua.Core;

var root = new RootCommand("Global Discovery Server for OPC UA and certificate authority of the plant. Without a command it runs the server.")
{
    GlobalOptions.Data,
    GlobalOptions.Json,
    RunCommand.Create(),
    InitCommand.Create(),
    StatusCommand.Create(),
    AppCommand.Create(),
    RequestCommand.Create(),
    CertCommand.Create(),
    CaCommand.Create(),
    TokenCommand.Create(),
    UserCommand.Create(),
    InboxCommand.Create(),
    TrustCommand.Create(),
    PushCommand.Create(),
    AuditCommand.Create(),
    ExplainCommand.Create(),
};
RunCommand.Prepare(root);
OptionWords.Teach(root);

var parsed = root.Parse(args);
var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
if (parsed.Errors.Count > 0)
{
    await parsed.InvokeAsync(settings);
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(settings);
}
catch (Exception e)
{
    var (exitCode, text) = e switch
    {
        CommandProblem problem => (problem.ExitCode, problem.Message),
        GdsApiProblem problem => (ExitCodes.Of(problem), problem.Message),
        GdsProblem problem => (ExitCodes.Of(problem.Kind), problem.Message),
        ConfigurationProblem problem => (ExitCodes.Usage, problem.Message),
        OptionsValidationException problem => (ExitCodes.Usage, string.Join(Environment.NewLine, problem.Failures)),
        AuthorityException problem => (ExitCodes.Failed, problem.Message),
        UaException problem => (ExitCodes.Failed, problem.Message),
        UnauthorizedAccessException problem => (ExitCodes.NoAccess, problem.Message),
        IOException problem => (ExitCodes.Failed, problem.Message),
        _ => (ExitCodes.Failed, e.ToString()), // a defect: all that helps to find it
    };
    await Console.Error.WriteLineAsync($"gds: {text}");
    return exitCode;
}
