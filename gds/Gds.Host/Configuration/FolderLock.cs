namespace Gds.Host.Configuration;

/// <summary>Holds a data folder for one process. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>The lock, or null where another process holds it.</summary>
    public static FolderLock? TryTake(DataFolder folder)
    {
        try
        {
            return new FolderLock(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(folder.Lock))
        {
            return null; // a sharing violation: somebody has it
        }
    }

    public void Dispose() => _file.Dispose();
}
