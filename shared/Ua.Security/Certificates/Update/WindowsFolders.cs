using System.Runtime.Versioning;
using System.Security.AccessControl;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>Windows: a directory that someone watches cannot be exchanged, so files are replaced one by one; rights are inherited from the place.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsFolders : FolderPlatform
{
    public override bool TryExchange(string a, string b) => false;

    public override bool IsPlain(string root, string relative) => false;

    /// <summary>Nothing: what is staged gets its rights where it is placed.</summary>
    public override void CopyRights(string from, string to)
    {
    }

    public override void CopyOwner(string from, string to)
    {
    }

    public override void TakeAfterDirectory(string directory, string file)
    {
    }

    /// <summary>Written anew in the target directory: a file that is moved would keep the narrow rights of the workshop. One that replaces another takes over its rules.</summary>
    public override async Task PlaceAsync(string staged, string target, CancellationToken cancellationToken)
    {
        var narrow = !OwnerOnlyDirectory.IsReadableByOthers(Path.GetDirectoryName(target)!);
        var content = await File.ReadAllBytesAsync(staged, cancellationToken).ConfigureAwait(false);
        var before = File.Exists(target) ? new FileInfo(target).GetAccessControl(AccessControlSections.Access) : null;
        await AtomicFile.WriteAsync(target, content, narrow ? FileProtection.OwnerOnly : FileProtection.Default, cancellationToken).ConfigureAwait(false);
        if (before is not null) new FileInfo(target).SetAccessControl(Same(before));
        File.Delete(staged);
    }

    /// <summary>The rules of a file in a form that can be set on another one.</summary>
    private static FileSecurity Same(FileSecurity rules)
    {
        var copy = new FileSecurity();
        copy.SetSecurityDescriptorBinaryForm(rules.GetSecurityDescriptorBinaryForm(), AccessControlSections.Access);
        return copy;
    }
}
