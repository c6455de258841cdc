using Pki;

namespace Ua.Security.Certificates;

/// <summary>Writes into the set to come, giving everything the owner and mode that its place in the product's folder has.</summary>
internal sealed class StagedTree(string root, string staged)
{
    /// <summary>The staged twin of a directory of the folder, made with its parents and rights.</summary>
    public string MakeDirectory(string relative)
    {
        var path = staged;
        var twin = root;
        Directory.CreateDirectory(staged);
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            twin = Path.Combine(twin, part);
            if (Directory.Exists(path)) continue;
            Directory.CreateDirectory(path);
            if (Directory.Exists(twin)) FolderPlatform.Current.CopyRights(twin, path);
        }

        return path;
    }

    /// <param name="like">An existing file whose owner and mode are taken; null takes the owner of the directory.</param>
    public async Task WriteAsync(string relative, string name, ReadOnlyMemory<byte> content, FileProtection protection, string? like, CancellationToken cancellationToken)
    {
        var file = Path.Combine(MakeDirectory(relative), name);
        await AtomicFile.WriteAsync(file, content, protection, cancellationToken).ConfigureAwait(false);
        var directory = TrustFolderPaths.Join(root, relative);
        if (like is not null) FolderPlatform.Current.CopyRights(like, file);
        else if (!Directory.Exists(directory)) return;
        else if (protection == FileProtection.OwnerOnly) FolderPlatform.Current.CopyOwner(directory, file);
        else FolderPlatform.Current.TakeAfterDirectory(directory, file);
    }

    /// <summary>Copies what lies in a unit of the folder, except the files that are to be left out.</summary>
    public async Task CarryOverAsync(SwapUnit unit, Func<string, bool> leaveOut, CancellationToken cancellationToken)
    {
        MakeDirectory(unit.Path);
        var source = TrustFolderPaths.Join(root, unit.Path);
        if (!Directory.Exists(source)) return;
        var which = unit.IsWhole ? Workshop.Everything : Workshop.TopOnly;
        if (unit.IsWhole) foreach (var directory in Directory.EnumerateDirectories(source, "*", which)) MakeDirectory(Relative(directory));
        foreach (var file in Directory.EnumerateFiles(source, unit.File ?? "*", which).Where(f => !AtomicFile.IsTemporary(f) && !leaveOut(f)))
        {
            var content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            await WriteAsync(Relative(Path.GetDirectoryName(file)!), Path.GetFileName(file), content, FileProtection.OwnerOnly, like: file, cancellationToken).ConfigureAwait(false);
        }
    }

    private string Relative(string path) => Path.GetRelativePath(root, path) is var relative && relative == "." ? "" : relative.Replace('\\', '/');
}
