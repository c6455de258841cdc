using System.Security.Cryptography;
using System.Text;

namespace Pki;

/// <summary>Writes a file so that, whatever happens, a reader finds either the old content or the new one, and the new one survives a power cut once the call has returned.</summary>
public static class AtomicFile
{
    private const string TemporaryExtension = ".writing";

    /// <summary>Replaces or creates the file; the directory must exist. The rights are in place before the first byte is.</summary>
    public static Task WriteAsync(
        string path,
        ReadOnlyMemory<byte> content,
        FileProtection protection = FileProtection.Default,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => Write(Path.GetFullPath(path), content.Span, protection, cancellationToken), cancellationToken);
    }

    /// <summary>Like <see cref="WriteAsync"/>, UTF-8 without byte order mark.</summary>
    public static Task WriteTextAsync(
        string path,
        string content,
        FileProtection protection = FileProtection.Default,
        CancellationToken cancellationToken = default) =>
        WriteAsync(path, Encoding.UTF8.GetBytes(content), protection, cancellationToken);

    /// <summary>Deletes the file, if it is there, and makes the deletion durable.</summary>
    public static Task DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => Delete(Path.GetFullPath(path)), cancellationToken);
    }

    /// <summary>Makes renames and deletions done in a directory durable; call it after moving files or directories by hand.</summary>
    public static Task FlushDirectoryAsync(string directory, CancellationToken cancellationToken = default) =>
        Task.Run(() => FilePlatform.Current.FlushDirectory(Path.GetFullPath(directory)), cancellationToken);

    /// <summary>Whether the name is one of a half-written file; who lists or watches a directory skips these.</summary>
    public static bool IsTemporary(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.StartsWith('.') && name.EndsWith(TemporaryExtension, StringComparison.Ordinal);
    }

    /// <summary>Removes half-written files that a killed process left in a directory; only for a directory that no one is writing to now.</summary>
    public static int RemoveLeftovers(string directory)
    {
        var leftovers = Directory.EnumerateFiles(directory, ".*" + TemporaryExtension).Where(IsTemporary).ToList();
        leftovers.ForEach(File.Delete);
        return leftovers.Count;
    }

    private static void Write(string path, ReadOnlySpan<byte> content, FileProtection protection, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(path) ?? throw new PkiException($"'{path}' is a directory root, not a file.");
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}{TemporaryExtension}");
        try
        {
            using (var stream = FilePlatform.Current.CreateNew(temporary, protection))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            FilePlatform.Current.Replace(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FilePlatform.Current.FlushDirectory(directory);
    }

    private static void Delete(string path)
    {
        if (!File.Exists(path)) return;
        File.Delete(path);
        FilePlatform.Current.FlushDirectory(Path.GetDirectoryName(path)!);
    }
}
