using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The checkout the tests were built from: its projects and what each of them refers to.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project by name, with the names of the projects it refers to and links in.</summary>
    public static IReadOnlyDictionary<string, string[]> References { get; } =
        ProjectFiles().ToDictionary(Name, ReferencesOf);

    public static IEnumerable<string> ProjectFiles() =>
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    public static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    /// <summary>All that a project may use: its references and theirs.</summary>
    public static IReadOnlySet<string> Closure(string project)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(References[project]);
        while (open.TryPop(out var next))
            if (seen.Add(next)) foreach (var further in References[next]) open.Push(further);
        return seen;
    }

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path);

    private static string[] ReferencesOf(string path) =>
        XDocument.Load(path).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Name(((string)reference.Attribute("Include")!).Replace('\\', '/')))
            .ToArray();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "GdsSuite.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run from within a checkout: no GdsSuite.sln above them.");
    }
}
