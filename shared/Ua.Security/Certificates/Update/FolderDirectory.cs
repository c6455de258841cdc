using Pki;

namespace Ua.Security.Certificates;

/// <summary>Makes directories of a trust folder that are missing, each with the owner and mode of the one it lies in.</summary>
internal static class FolderDirectory
{
    public static void Create(string root, string directory)
    {
        if (Directory.Exists(directory)) return;
        var parent = Path.GetDirectoryName(directory)!;
        if (!IsInside(root, directory))
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Create(root, parent);
        Directory.CreateDirectory(directory);
        FolderPlatform.Current.CopyRights(parent, directory);
    }

    /// <summary>A directory for private keys: for its owner only, and its owner is that of the directory it lies in.</summary>
    public static void CreateForKeys(string root, string directory)
    {
        if (Directory.Exists(directory)) return;
        var parent = Path.GetDirectoryName(directory)!;
        if (IsInside(root, directory)) Create(root, parent);
        OwnerOnlyDirectory.Create(directory);
        if (IsInside(root, directory)) FolderPlatform.Current.CopyOwner(parent, directory);
    }

    private static bool IsInside(string root, string directory) => directory.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
