using Gds.Web.Hosting;
using Pki;

namespace Gds.Host.Configuration;

/// <summary>The one folder that holds everything of a GDS, and what lies where in it.</summary>
internal sealed class DataFolder
{
    public DataFolder(string path)
    {
        Root = Path.GetFullPath(path);
        Socket = new LocalSocket(Root);
    }

    public string Root { get; }

    public string Configuration => Path.Combine(Root, "gds.json");

    public string Database => Path.Combine(Root, "gds.db");

    public string Authorities => Path.Combine(Root, "ca");

    /// <summary>The GDS' own certificate, and what it trusts besides its CA.</summary>
    public string Pki => Path.Combine(Root, "pki");

    /// <summary>What people said about alarms.</summary>
    public string Alarms => Path.Combine(Root, "alarms.json");

    /// <summary>Certificates of users, in files that are called like them.</summary>
    public string Users => Path.Combine(Root, "users");

    public string CaSecret => Path.Combine(Root, "secrets", "ca.key-secret");

    public string Lock => Path.Combine(Root, "gds.lock");

    public LocalSocket Socket { get; }

    public bool IsInitialised => File.Exists(Database);

    /// <summary>Makes the folder for its owner only, where it is missing.</summary>
    public void Create()
    {
        if (!Directory.Exists(Root)) OwnerOnlyDirectory.Create(Root);
    }

    /// <summary>Keeps the database, with its hashes of passwords and tokens, to the owner, also in a folder that somebody made for all to read.</summary>
    public void ProtectDatabase()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFiles(Root, Path.GetFileName(Database) + "*").ToList())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The folder that was named, else $GDS_DATA, else the usual one of the platform.</summary>
    public static DataFolder Find(string? named)
    {
        if (!string.IsNullOrWhiteSpace(named)) return new(named);
        if (Environment.GetEnvironmentVariable("GDS_DATA") is { Length: > 0 } variable) return new(variable);
        if (OperatingSystem.IsWindows())
            return new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "GdsSuite", "gds"));
        return Environment.IsPrivilegedProcess
            ? new("/var/lib/gds")
            : new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "gds"));
    }

    public override string ToString() => Root;
}
