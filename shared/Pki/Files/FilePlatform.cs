namespace Pki;

/// <summary>What file rights, renames and flushes mean on the operating system at hand.</summary>
internal abstract class FilePlatform
{
    public static FilePlatform Current { get; } = OperatingSystem.IsWindows() ? new WindowsFiles() : new UnixFiles();

    public abstract FileStream CreateNew(string path, FileProtection protection);

    public abstract void Replace(string temporary, string path);

    public abstract void FlushDirectory(string directory);

    public abstract void CreateOwnerOnlyDirectory(string path);

    public abstract bool IsReadableByOthers(string path);
}
