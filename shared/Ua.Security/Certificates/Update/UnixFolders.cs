using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ua.Security.Certificates;

/// <summary>Linux: renameat2 with RENAME_EXCHANGE; owners by statx and chown. Elsewhere on Unix there is no exchange, and files are replaced one by one.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixFolders : FolderPlatform
{
    private const int CurrentDirectory = -100;
    private const uint ExchangeFlag = 2;
    private const uint BasicStats = 0x7FF;
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

    public override Task PlaceAsync(string staged, string target, CancellationToken cancellationToken) =>
        Task.Run(() => File.Move(staged, target, overwrite: true), cancellationToken);

    private static bool TryOwner(string path, out uint user, out uint group)
    {
        Span<byte> buffer = stackalloc byte[256];
        try
        {
            if (Statx(CurrentDirectory, path, 0, BasicStats, ref MemoryMarshal.GetReference(buffer)) == 0)
            {
                user = MemoryMarshal.Read<uint>(buffer[20..]); // struct statx: mask, blksize, attributes (8), nlink, uid, gid
                group = MemoryMarshal.Read<uint>(buffer[24..]);
                return true;
            }
        }
        catch (EntryPointNotFoundException)
        {
            user = group = 0;
            return false; // a C library without the call
        }

        user = group = 0;
        return false;
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldDirectory, string oldPath, int newDirectory, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte buffer);
}
