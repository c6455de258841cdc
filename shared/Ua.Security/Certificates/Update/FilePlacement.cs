using Pki;

namespace Ua.Security.Certificates;

/// <summary>Writes one file into a trust folder so that a product that watches the directory sees nothing but the finished file.</summary>
internal static class FilePlacement
{
    public static async Task WriteAsync(TrustFolderLayout layout, string root, string target, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (layout.Replace == ReplaceMode.Directories)
        {
            await AtomicFile.WriteAsync(target, content, FileProtection.Default, cancellationToken).ConfigureAwait(false);
            return;
        }

        var workshop = new Workshop(root);
        OwnerOnlyDirectory.Create(workshop.Root);
        var staged = Path.Combine(workshop.Root, $"place-{Guid.NewGuid():N}");
        await AtomicFile.WriteAsync(staged, content, FileProtection.Default, cancellationToken).ConfigureAwait(false);
        await FolderPlatform.Current.PlaceAsync(staged, target, cancellationToken).ConfigureAwait(false);
        await AtomicFile.FlushDirectoryAsync(Path.GetDirectoryName(target)!, cancellationToken).ConfigureAwait(false);
    }
}
