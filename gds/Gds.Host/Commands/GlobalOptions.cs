using System.CommandLine;
using Gds.Host.Configuration;

namespace Gds.Host.Commands;

/// <summary>Options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Data folder. Default: $GDS_DATA, else the usual folder of the platform.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON instead of text.", Recursive = true };

    public static DataFolder Folder(this ParseResult parsed) => DataFolder.Find(parsed.GetValue(Data));

    public static bool WantsJson(this ParseResult parsed) => parsed.GetValue(Json);
}
