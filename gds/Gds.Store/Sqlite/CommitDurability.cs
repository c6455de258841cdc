using Microsoft.EntityFrameworkCore;

namespace Gds.Store.Sqlite;

/// <summary>How far a commit has got when it returns.</summary>
public static class CommitDurability
{
    /// <summary>
    /// For the transactions that follow on the connection that this context holds open: true has each commit on the disk when it
    /// returns. False leaves that to the next one that waits: the commit survives
    /// the end of the process, not that of the power. Order is kept in both cases.
    /// </summary>
    public static Task WaitForDiskAsync(this GdsDbContext db, bool wait)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlRawAsync(wait ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    }
}
