namespace GdsSuite.Quickstart;

/// <summary>What the user may say: <c>--once</c> and <c>--data</c>.</summary>
internal sealed record QuickstartArguments(bool Once, string DataFolder, string? Problem)
{
    public const string Usage = "Usage: dotnet run --project deploy/quickstart -- [--once] [--data FOLDER]";

    public static QuickstartArguments Parse(string[] args)
    {
        var once = false;
        string? data = null;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--once":
                    once = true;
                    break;
                case "--data" when i + 1 < args.Length:
                    data = args[++i];
                    break;
                default:
                    return new(once, "", $"'{args[i]}' is not an option here, or its value is missing.");
            }
        }

        if (data is not null && Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
            return new(once, "", $"--data names a folder that is not empty: {data}. The walk starts from nothing.");
        return new(once, Path.GetFullPath(data ?? Directory.CreateTempSubdirectory("gds-quickstart-").FullName), null);
    }
}
