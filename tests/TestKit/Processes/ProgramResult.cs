using System.Text.Json;

namespace TestKit.Processes;

/// <summary>How a program ended and what it printed.</summary>
public sealed record ProgramResult(string Command, int ExitCode, string Output, string Errors)
{
    public string Said => $"{Command} ended with {ExitCode}: {Output.Trim()} {Errors.Trim()}";

    /// <summary>Expects success and gives the output as JSON; else the error shows what was printed.</summary>
    public JsonElement Json()
    {
        if (ExitCode != 0) throw new InvalidOperationException(Said);
        try
        {
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"JSON was expected; {Said}", e);
        }
    }
}
