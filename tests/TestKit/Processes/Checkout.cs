namespace TestKit.Processes;

/// <summary>The checkout that the tests were built in.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "GdsSuite.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"This runs from a checkout: there is no GdsSuite.sln above {AppContext.BaseDirectory}.");
    }
}
