using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Pki;

/// <summary>Files on Linux and macOS: modes at creation, rename, fsync of the directory.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixFiles : FilePlatform
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    private const UnixFileMode OthersRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const int Interrupted = 4;
    private const int InvalidArgument = 22;

    public override FileStream CreateNew(string path, FileProtection protection)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (protection == FileProtection.OwnerOnly) options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    public override void Replace(string temporary, string path) => File.Move(temporary, path, overwrite: true);

    public override void FlushDirectory(string directory)
    {
        var descriptor = Open(directory, 0);
        if (descriptor < 0) throw Failure("open", directory);
        try
        {
            while (Fsync(descriptor) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == InvalidArgument) return; // this file system has nothing to flush for a directory
                if (error != Interrupted) throw Failure("flush", directory);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    public override void CreateOwnerOnlyDirectory(string path)
    {
        Directory.CreateDirectory(path, OwnerDirectory);
        if ((File.GetUnixFileMode(path) & ~OwnerDirectory) != 0) File.SetUnixFileMode(path, OwnerDirectory);
    }

    public override bool IsReadableByOthers(string path) => (File.GetUnixFileMode(path) & OthersRead) != 0;

    private static IOException Failure(string what, string directory) =>
        new($"Could not {what} the directory '{directory}': {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
