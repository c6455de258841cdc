namespace Pki;

/// <summary>A directory that only the account of the process can list, read and write: where private keys live.</summary>
public static class OwnerOnlyDirectory
{
    /// <summary>Creates the directory with its parents; one that exists already is narrowed to its owner.</summary>
    public static void Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FilePlatform.Current.CreateOwnerOnlyDirectory(Path.GetFullPath(path));
    }

    /// <summary>Whether accounts other than the owner (and the system) can read the file or directory.</summary>
    public static bool IsReadableByOthers(string path) => FilePlatform.Current.IsReadableByOthers(Path.GetFullPath(path));
}
