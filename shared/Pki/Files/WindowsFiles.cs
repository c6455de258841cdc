using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Pki;

/// <summary>Files on Windows: access lists at creation; a reader that holds the file open is waited for.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsFiles : FilePlatform
{
    private const int ReplaceAttempts = 20;
    private static readonly TimeSpan ReplacePause = TimeSpan.FromMilliseconds(25);

    private static SecurityIdentifier System => new(WellKnownSidType.LocalSystemSid, null);

    public override FileStream CreateNew(string path, FileProtection protection)
    {
        if (protection == FileProtection.Default)
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        }

        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(Owner(), FileSystemRights.FullControl, AccessControlType.Allow));
        security.AddAccessRule(new FileSystemAccessRule(System, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.WriteData, FileShare.None, 1, FileOptions.None, security);
    }

    public override void Replace(string temporary, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (Exception e) when (attempt < ReplaceAttempts && e is UnauthorizedAccessException or IOException)
            {
                Thread.Sleep(ReplacePause); // a virus scanner or a reader holds the old file for a moment
            }
        }
    }

    /// <summary>NTFS journals a rename; there is nothing to flush.</summary>
    public override void FlushDirectory(string directory)
    {
    }

    public override void CreateOwnerOnlyDirectory(string path)
    {
        var directory = Directory.CreateDirectory(path);
        const InheritanceFlags inherit = InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit;
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(Owner(), FileSystemRights.FullControl, inherit, PropagationFlags.None, AccessControlType.Allow));
        security.AddAccessRule(new FileSystemAccessRule(System, FileSystemRights.FullControl, inherit, PropagationFlags.None, AccessControlType.Allow));
        directory.SetAccessControl(security);
    }

    public override bool IsReadableByOthers(string path)
    {
        FileSystemSecurity security = Directory.Exists(path)
            ? new DirectoryInfo(path).GetAccessControl()
            : new FileInfo(path).GetAccessControl();
        var administrators = new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null);
        return security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>()
            .Where(rule => rule.AccessControlType == AccessControlType.Allow && rule.FileSystemRights.HasFlag(FileSystemRights.ReadData))
            .Any(rule => rule.IdentityReference is SecurityIdentifier who && who != System && who != administrators && who != Owner());
    }

    private static SecurityIdentifier Owner()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User ?? throw new PkiException("The account of this process has no security identifier.");
    }
}
