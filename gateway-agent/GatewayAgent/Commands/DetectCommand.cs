using System.CommandLine;
using GatewayAgent.Configuration;
using Ua.Security.Certificates;

namespace GatewayAgent.Commands;

/// <summary>A layout that a folder may have, as the command line prints it.</summary>
/// <param name="Confirm">What has to be confirmed before it is relied upon; null where its facts are certain.</param>
internal sealed record DetectedPreset(string Preset, string Title, Certainty Certainty, string Root, string? Confirm, IReadOnlyList<string> Reasons);

/// <summary>detect: which presets an existing folder may have. Looks at names only and changes nothing.</summary>
internal static class DetectCommand
{
    public static Command Create(CommandSetting setting)
    {
        var folder = new Argument<string?>("folder") { Description = "The folder of the gateway; without it, the places where products keep theirs are looked at.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommandSetting.JsonOption();
        var command = new Command("detect", "Looks at a trust folder and says which presets fit, why, and how sure that is. Ends with 1 where not exactly one is sure.") { folder, json };
        command.SetAction((parsed, cancellationToken) => setting.GuardAsync(async () =>
        {
            var layouts = await LayoutsAsync(setting.FolderOf(parsed), cancellationToken);
            var found = parsed.GetValue(folder) is { } path ? Look(path, layouts) : LookAround(layouts);
            if (parsed.GetValue(json)) await setting.WriteJsonAsync(found.Select(Detected));
            else await WriteAsync(setting.Output, found);
            return LayoutDetection.Only(found) is null ? (int)ProblemKind.Refused : 0;
        }));
        return command;
    }

    /// <summary>The presets of the product and, where agent.json can be read, those of the operator.</summary>
    public static async Task<IReadOnlyList<TrustFolderLayout>> LayoutsAsync(DataFolder data, CancellationToken cancellationToken) =>
        Directory.Exists(data.Root) ? (await new ConfigurationFile(data.ConfigurationFile).ReadAsync(cancellationToken)).Layouts : TrustFolderLayouts.All;

    public static IReadOnlyList<LayoutMatch> Look(string folder, IReadOnlyList<TrustFolderLayout> layouts)
    {
        if (!Directory.Exists(folder)) throw new AgentProblem(ProblemKind.NotFound, $"There is no folder '{Path.GetFullPath(folder)}'.");
        try
        {
            return LayoutDetection.Look(folder, layouts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The folder '{Path.GetFullPath(folder)}' cannot be looked at: {e.Message}", e);
        }
    }

    public static string Describe(LayoutMatch match) => $"{match.Layout.Name} ({match.Certainty.ToString().ToLowerInvariant()}, --root {match.Root})";

    private static List<LayoutMatch> LookAround(IReadOnlyList<TrustFolderLayout> layouts) =>
        [.. layouts.SelectMany(l => l.Roots.Here()).Distinct().Where(Directory.Exists).SelectMany(r => Look(r, layouts).Where(m => SamePath(m.Root, r) && m.Layout.Roots.Tell(r)))];

    private static bool SamePath(string a, string b) => string.Equals(Path.TrimEndingDirectorySeparator(a), Path.TrimEndingDirectorySeparator(b), StringComparison.Ordinal);

    private static DetectedPreset Detected(LayoutMatch m) => new(m.Layout.Name, m.Layout.Title, m.Certainty, m.Root, m.Layout.Confirm, m.Reasons);

    private static async Task WriteAsync(TextWriter output, IReadOnlyList<LayoutMatch> found)
    {
        if (found.Count == 0) await output.WriteLineAsync("No preset fits. An operator's own can be written in agent.json, key presets.");
        foreach (var match in found)
        {
            await output.WriteLineAsync($"{match.Layout.Name}: {match.Certainty.ToString().ToLowerInvariant()}{(match.Layout.Confirm is null ? "" : ", confirm")}");
            await output.WriteLineAsync($"  {match.Layout.Title}");
            await output.WriteLineAsync($"  Root            {match.Root}");
            foreach (var reason in match.Reasons) await output.WriteLineAsync($"  {reason}");
        }

        if (found.Count > 0 && LayoutDetection.Only(found) is null)
            await output.WriteLineAsync("Not exactly one is sure: you know which product it is, so name its preset with 'enroll --preset'.");
    }
}
