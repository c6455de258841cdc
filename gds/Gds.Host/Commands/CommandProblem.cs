namespace Gds.Host.Commands;

/// <summary>A command ends here, with a sentence and an exit code.</summary>
internal sealed class CommandProblem(int exitCode, string text) : Exception(text)
{
    public int ExitCode { get; } = exitCode;
}
