using GatewayAgent.Configuration;
using Ua.Security.Certificates;

namespace GatewayAgent.Commands;

/// <param name="Preset">As it was said or found.</param>
/// <param name="Root">An absolute path.</param>
/// <param name="Layout">That of the preset; null where there is no preset of that name, which is refused when the application is added.</param>
internal sealed record ChosenFolder(string Preset, string Root, TrustFolderLayout? Layout);

/// <summary>Finds preset and root of an application that is added: as they were said, as they were before, or by a look at the folder.</summary>
internal sealed class FolderChoice(DataFolder data)
{
    private const string Usual = "spec-annex-f";

    /// <param name="applicationUri">Null where it was not said.</param>
    public async Task<ChosenFolder> FindAsync(string? applicationUri, string? preset, string? root, CancellationToken cancellationToken)
    {
        var layouts = await DetectCommand.LayoutsAsync(data, cancellationToken);
        var (name, path) = await FindAsync(layouts, applicationUri, preset, root, cancellationToken);
        return new ChosenFolder(name, path, TrustFolderLayouts.FindOrNull(name, layouts));
    }

    private async Task<(string Preset, string Root)> FindAsync(IReadOnlyList<TrustFolderLayout> layouts, string? applicationUri, string? preset, string? root, CancellationToken cancellationToken)
    {
        if (root is null) return (preset ?? throw new AgentProblem(ProblemKind.Usage, "--root is needed to add an application."), UsualRoot(preset, layouts));
        var path = Path.GetFullPath(root);
        if (preset is not null) return (preset, path);
        var before = Directory.Exists(data.Root) ? await new ConfigurationFile(data.ConfigurationFile).ReadAsync(cancellationToken) : new AgentConfiguration();
        if (before.Applications.FirstOrDefault(a => a.ApplicationUri == applicationUri && a.Root == path) is { } known) return (known.Preset, path);
        return IsEmpty(path) ? (Usual, path) : Detect(path, layouts);
    }

    /// <summary>The one place of the preset's product that is there.</summary>
    private static string UsualRoot(string preset, IReadOnlyList<TrustFolderLayout> layouts)
    {
        var places = TrustFolderLayouts.FindOrNull(preset, layouts)?.Roots.Here() ?? [];
        var there = places.Where(Directory.Exists).ToList();
        return there switch
        {
            [var one] => one,
            [] => throw new AgentProblem(ProblemKind.Usage, $"--root is needed to add an application{(places.Count == 0 ? "" : $": none of the usual places of {preset} is there ({string.Join(", ", places)})")}."),
            _ => throw new AgentProblem(ProblemKind.Usage, $"--root is needed to add an application: {preset} is at {string.Join(" and at ", there)}."),
        };
    }

    private static (string Preset, string Root) Detect(string path, IReadOnlyList<TrustFolderLayout> layouts)
    {
        var found = DetectCommand.Look(path, layouts);
        if (LayoutDetection.Only(found) is { } sure) return (sure.Layout.Name, sure.Root);
        var may = found.Where(f => f.Certainty >= Certainty.Likely).Select(DetectCommand.Describe).ToList();
        throw new AgentProblem(ProblemKind.Usage, may.Count == 0
            ? $"No preset fits the folder '{path}'; name one with --preset ('gateway-agent detect' says what was looked at)."
            : $"The folder '{path}' fits {string.Join(", ", may)}: say which with --preset.");
    }

    private static bool IsEmpty(string path)
    {
        try
        {
            return !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The folder '{path}' cannot be looked at: {e.Message}", e);
        }
    }
}
