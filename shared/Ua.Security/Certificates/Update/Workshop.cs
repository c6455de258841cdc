using System.Security.Cryptography;
using System.Text;
using Pki;

namespace Ua.Security.Certificates;

/// <summary>The hidden directory beside the lists where a new set is made ready and the old one is kept: same file system, owner only.</summary>
internal sealed class Workshop
{
    public const string Name = ".gds-suite";

    public Workshop(string root)
    {
        Root = Path.Combine(root, Name);
        Next = Path.Combine(Root, "next");
        Old = Path.Combine(Root, "old");
        Placed = Path.Combine(Root, "placed");
        Previous = Path.Combine(Root, "previous");
        Journal = Path.Combine(Root, "journal.json");
        Last = Path.Combine(Root, "last.json");
    }

    public string Root { get; }

    /// <summary>The set to come.</summary>
    public string Next { get; }

    /// <summary>A copy of the set that is going, where files are replaced one by one.</summary>
    public string Old { get; }

    /// <summary>What is left of <see cref="Next"/> when all of it is in place: it becomes the set before the present one.</summary>
    public string Placed { get; }

    /// <summary>The set before the present one.</summary>
    public string Previous { get; }

    public string Journal { get; }

    /// <summary>Which update the present set came with.</summary>
    public string Last { get; }

    /// <summary>Makes the directory and keeps other processes out until disposed.</summary>
    public async Task<IDisposable> EnterAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        OwnerOnlyDirectory.Create(Root);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(Path.Combine(Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes what an interrupted preparation left; only where no journal speaks of it.</summary>
    public void Sweep()
    {
        foreach (var directory in Directory.EnumerateDirectories(Root).Where(d => d != Previous).ToList()) Directory.Delete(directory, recursive: true);
        AtomicFile.RemoveLeftovers(Root);
    }

    /// <summary>Moves a directory out of the way in one step and then deletes it.</summary>
    public void Discard(string directory)
    {
        if (!Directory.Exists(directory)) return;
        var away = Path.Combine(Root, $"discard-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        Directory.Move(directory, away);
        Directory.Delete(away, recursive: true);
    }

    /// <summary>A digest over names and content of everything below a directory.</summary>
    public static string Fingerprint(string directory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(directory, "*", Everything).Order(StringComparer.Ordinal))
        {
            var content = File.ReadAllBytes(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(directory, file).Replace('\\', '/')}|{content.Length}|"));
            hash.AppendData(content);
        }

        return Convert.ToHexString(hash.GetCurrentHash());
    }

    public static EnumerationOptions TopOnly { get; } = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    public static EnumerationOptions Everything { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
}
