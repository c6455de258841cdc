namespace Gds.Store;

/// <summary>Where the database lies.</summary>
public sealed class GdsStoreOptions
{
    public const string Section = "Store";

    /// <summary>Path of the SQLite file; its folder is made on first start.</summary>
    public string DatabasePath { get; set; } = Path.Combine("data", "gds.db");

    /// <summary>How long a connection waits for another process that holds the database, in seconds.</summary>
    public int BusyTimeoutSeconds { get; set; } = 10;

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DatabasePath))
            yield return $"{Section}:{nameof(DatabasePath)} is empty; it must name the SQLite file.";
        else if (DatabasePath.IndexOfAny(Path.GetInvalidPathChars()) >= 0)
            yield return $"{Section}:{nameof(DatabasePath)} '{DatabasePath}' has a character that a path cannot have.";
        if (BusyTimeoutSeconds is < 1 or > 600)
            yield return $"{Section}:{nameof(BusyTimeoutSeconds)} is {BusyTimeoutSeconds}; it must be 1 to 600.";
    }
}
