using System.CommandLine;
using Gds.Host.Output;

namespace Gds.Host.Commands;

/// <summary>The answer of commands that change something and have nothing to show.</summary>
internal static class Done
{
    public static void Say(ParseResult parsed, string text)
    {
        if (parsed.WantsJson()) JsonOut.Write(new DoneJson(text), HostJson.Pretty.DoneJson);
        else Console.WriteLine(text);
    }
}
