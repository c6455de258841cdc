using Pki;

namespace Ua.Security.Certificates;

/// <summary>Writes one file into a trust folder so that a product that watches the directory sees nothing but the finished file.</summary>
internal static class FilePlacement
{
    public static async Task WriteAsync(TrustFolderLayout layout, string root, string target, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (layout.Replace == ReplaceMode.Directories)
        {
            var model = ModelOf(target);
            await AtomicFile.WriteAsync(target, content, FileProtection.Default, cancellationToken).ConfigureAwait(false);
            GiveRights(model, target, target);
            return;
        }

        var workshop = new Workshop(root);
        OwnerOnlyDirectory.Create(workshop.Root);
        var staged = Path.Combine(workshop.Root, $"place-{Guid.NewGuid():N}");
        await AtomicFile.WriteAsync(staged, content, FileProtection.Default, cancellationToken).ConfigureAwait(false);
        GiveRights(ModelOf(target), target, staged);
        await FolderPlatform.Current.PlaceAsync(staged, target, cancellationToken).ConfigureAwait(false);
        await AtomicFile.FlushDirectoryAsync(Path.GetDirectoryName(target)!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The file whose owner and mode a new one takes: the one of the same name, else any of the directory.</summary>
    private static string? ModelOf(string target) =>
        File.Exists(target) ? target : Directory.EnumerateFiles(Path.GetDirectoryName(target)!).FirstOrDefault(f => !AtomicFile.IsTemporary(f));

    private static void GiveRights(string? model, string target, string file)
    {
        if (model is null) FolderPlatform.Current.TakeAfterDirectory(Path.GetDirectoryName(target)!, file);
        else if (model != file) FolderPlatform.Current.CopyRights(model, file);
    }
}
