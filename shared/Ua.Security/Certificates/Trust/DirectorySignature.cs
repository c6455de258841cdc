using System.Security.Cryptography;
using System.Text;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>What a listing of directories looks like from outside: names, lengths and times. Costs no file content; equal signatures mean that nothing was written since.</summary>
internal static class DirectorySignature
{
    /// <summary>Directories with more files are cut here; the rest is reported as skipped by whoever reads them.</summary>
    public const int MostFiles = 10_000;

    public static string Of(IEnumerable<string> directories)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var directory in directories)
        {
            var info = new DirectoryInfo(directory);
            Append(hash, $"/{directory}|{(info.Exists ? info.LastWriteTimeUtc.Ticks : 0)}");
            if (!info.Exists) continue;
            var files = Files(info).Select(f => $"{f.Name}|{f.Length}|{f.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal);
            foreach (var file in files) Append(hash, file);
        }

        return Convert.ToHexString(hash.GetCurrentHash());
    }

    /// <summary>The files that count: none that is half-written, at most <see cref="MostFiles"/>. One that vanishes while we look is left out.</summary>
    public static IEnumerable<FileInfo> Files(DirectoryInfo directory) =>
        directory.EnumerateFiles("*", Enumeration).Where(f => f.Exists && !AtomicFile.IsTemporary(f.Name)).Take(MostFiles);

    private static EnumerationOptions Enumeration { get; } = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private static void Append(IncrementalHash hash, string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
}
