namespace Ua.Security.Certificates;

/// <summary>What exchanging directories and keeping their owners means on the operating system at hand.</summary>
internal abstract class FolderPlatform
{
    public static FolderPlatform Current { get; } = OperatingSystem.IsWindows() ? new WindowsFolders() : new UnixFolders();

    /// <summary>Swaps the names of two existing directories in one step; false where system or file system cannot.</summary>
    public abstract bool TryExchange(string a, string b);

    /// <summary>Gives a new file or directory the owner and the mode of another one.</summary>
    public abstract void CopyRights(string from, string to);

    /// <summary>Gives a new file the owner of a directory and leaves its mode.</summary>
    public abstract void CopyOwner(string from, string to);

    /// <summary>Makes a staged file the one of that name in one step, with the rights that belong to its place.</summary>
    public abstract Task PlaceAsync(string staged, string target, CancellationToken cancellationToken);
}
