namespace Ua.Security.Certificates;

/// <summary>Where a product keeps its folder unless somebody said otherwise: "~" is the home folder, "%NAME%" a variable of the environment.</summary>
public sealed record DefaultRoots
{
    private const int Telling = 2;

    public IReadOnlyList<string> Linux { get; init; } = [];

    public IReadOnlyList<string> Windows { get; init; } = [];

    /// <summary>The places on this machine, also where nothing lies; without those whose variables are not set.</summary>
    public IReadOnlyList<string> Here() => [.. (OperatingSystem.IsWindows() ? Windows : Linux).Select(Expand).OfType<string>()];

    /// <summary>Whether a path is one of the places, or ends like one: two names at least have to agree.</summary>
    public bool Tell(string path)
    {
        var parts = Parts(path);
        return Here().Any(r => TrustFolderPaths.SamePath(r, path)) || Linux.Concat(Windows).Select(Tail).Any(tail => tail.Length >= Telling && parts.TakeLast(Telling).SequenceEqual(tail.TakeLast(Telling), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What follows the last variable or '~' of a place.</summary>
    private static string[] Tail(string place) => [.. Parts(place).Reverse().TakeWhile(p => p != "~" && !p.StartsWith('%') && !p.EndsWith(':')).Reverse()];

    private static string[] Parts(string path) => path.Split('/', '\\').Where(p => p.Length > 0).ToArray();

    private static string? Expand(string place)
    {
        if (place.StartsWith("~/", StringComparison.Ordinal))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            return home.Length == 0 ? null : Path.GetFullPath(Path.Combine(home, place[2..]));
        }

        var path = Environment.ExpandEnvironmentVariables(place);
        return path.Contains('%') || !Path.IsPathFullyQualified(path) ? null : Path.GetFullPath(path);
    }
}
