namespace Ua.Security.Certificates;

/// <summary>What exchanging directories and keeping their owners means on the operating system at hand.</summary>
internal abstract class FolderPlatform
{
    public static FolderPlatform Current { get; } = OperatingSystem.IsWindows() ? new WindowsFolders() : new UnixFolders();

    /// <summary>Swaps the names of two existing directories in one step; false where system or file system cannot.</summary>
    public abstract bool TryExchange(string a, string b);

    /// <summary>Whether a directory below a root is an ordinary one on the same file system, with no link and no mount on the way: only then it can be exchanged.</summary>
    public abstract bool IsPlain(string root, string relative);

    /// <summary>Gives a new file or directory the owner and the mode of another one.</summary>
    public abstract void CopyRights(string from, string to);

    /// <summary>Gives a new file the owner of a directory and leaves its mode.</summary>
    public abstract void CopyOwner(string from, string to);

    /// <summary>Gives a new file, which is no key, the owner of a directory and the mode that goes with the directory's own.</summary>
    public abstract void TakeAfterDirectory(string directory, string file);

    /// <summary>Makes a staged file the one of that name in one step, with the rights that belong to its place.</summary>
    public abstract Task PlaceAsync(string staged, string target, CancellationToken cancellationToken);
}
