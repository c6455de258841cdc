using System.Runtime.Versioning;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>Windows: a directory that someone watches cannot be exchanged, so files are replaced one by one; rights are inherited from the place.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsFolders : FolderPlatform
{
    public override bool TryExchange(string a, string b) => false;

    /// <summary>Nothing: what is staged gets its rights where it is placed.</summary>
    public override void CopyRights(string from, string to)
    {
    }

    public override void CopyOwner(string from, string to)
    {
    }

    /// <summary>Written anew in the target directory: a file that is moved would keep the narrow rights of the workshop.</summary>
    public override async Task PlaceAsync(string staged, string target, CancellationToken cancellationToken)
    {
        var narrow = !OwnerOnlyDirectory.IsReadableByOthers(Path.GetDirectoryName(target)!);
        var content = await File.ReadAllBytesAsync(staged, cancellationToken).ConfigureAwait(false);
        await AtomicFile.WriteAsync(target, content, narrow ? FileProtection.OwnerOnly : FileProtection.Default, cancellationToken).ConfigureAwait(false);
        File.Delete(staged);
    }
}
