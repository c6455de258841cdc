using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>Linux: renameat2 with RENAME_EXCHANGE; owners by statx and chown. Elsewhere on Unix there is no exchange, and files are replaced one by one.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixFolders : FolderPlatform
{
    private const int CurrentDirectory = -100;
    private const uint ExchangeFlag = 2;
    private const UnixFileMode PlainFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead;
    private const uint BasicStats = 0x7FF;
    private const ulong MountRoot = 0x2000;
    private const int OtherDevice = 18;
    private const int NoEntry = 2, NotPermitted = 1, InvalidArgument = 22, NoSystemCall = 38, NotSupported = 95;

    public override bool TryExchange(string a, string b)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            if (RenameAt2(CurrentDirectory, a, CurrentDirectory, b, ExchangeFlag) == 0) return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library without the call
        }

        var error = Marshal.GetLastPInvokeError();
        if (error is InvalidArgument or NoSystemCall or NotSupported) return false;
        if (error == NoEntry) throw new DirectoryNotFoundException($"Could not exchange '{a}' and '{b}': one of them does not exist.");
        throw new IOException($"Could not exchange '{a}' and '{b}': {Marshal.GetPInvokeErrorMessage(error)}");
    }

    public override void CopyRights(string from, string to)
    {
        CopyOwner(from, to);
        var mode = File.GetUnixFileMode(from); // after the owner: a change of owner clears special bits
        if (File.GetUnixFileMode(to) != mode) File.SetUnixFileMode(to, mode);
    }

    public override void CopyOwner(string from, string to)
    {
        if (!OperatingSystem.IsLinux() || !TryOwner(from, out var user, out var group) || !TryOwner(to, out var ownUser, out var ownGroup)) return;
        if ((user, group) == (ownUser, ownGroup)) return;
        if (Chown(to, user, group) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != NotPermitted) throw new IOException($"Could not give '{to}' the owner of '{from}': {Marshal.GetPInvokeErrorMessage(error)}");
        _ = Chown(to, uint.MaxValue, group); // an ordinary account may at least pass on a group of its own
    }

    /// <summary>Whoever may list the directory may read the file; nobody outside the group may write it.</summary>
    public override void TakeAfterDirectory(string directory, string file)
    {
        CopyOwner(directory, file);
        File.SetUnixFileMode(file, File.GetUnixFileMode(directory) & PlainFile);
    }

    public override bool IsPlain(string root, string relative)
    {
        var path = root;
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            if (new DirectoryInfo(path).LinkTarget is not null || IsMount(path)) return false;
        }

        return true;
    }

    /// <summary>A rename; where the target lies on another file system, a copy that is renamed there.</summary>
    public override async Task PlaceAsync(string staged, string target, CancellationToken cancellationToken)
    {
        if (await Task.Run(() => TryRename(staged, target), cancellationToken).ConfigureAwait(false)) return;
        var content = await File.ReadAllBytesAsync(staged, cancellationToken).ConfigureAwait(false);
        await AtomicFile.WriteAsync(target, content, FileProtection.OwnerOnly, cancellationToken).ConfigureAwait(false);
        CopyRights(staged, target);
        File.Delete(staged);
    }

    /// <returns>False where the two lie on different file systems.</returns>
    private static bool TryRename(string from, string to)
    {
        if (Rename(from, to) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        if (error == OtherDevice) return false;
        throw new IOException($"Could not rename '{from}' to '{to}': {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static bool TryOwner(string path, out uint user, out uint group)
    {
        Span<byte> buffer = stackalloc byte[256];
        var known = TryStat(path, buffer);
        user = known ? MemoryMarshal.Read<uint>(buffer[20..]) : 0; // struct statx: mask, blksize, attributes (8), nlink, uid, gid
        group = known ? MemoryMarshal.Read<uint>(buffer[24..]) : 0;
        return known;
    }

    /// <summary>Known since Linux 5.8; before, an exchange over a mount fails and the update stays for the next attempt.</summary>
    private static bool IsMount(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        return TryStat(path, buffer) && (MemoryMarshal.Read<ulong>(buffer[8..]) & MountRoot) != 0;
    }

    private static bool TryStat(string path, Span<byte> buffer)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return Statx(CurrentDirectory, path, 0, BasicStats, ref MemoryMarshal.GetReference(buffer)) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library without the call
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldDirectory, string oldPath, int newDirectory, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte buffer);
}
