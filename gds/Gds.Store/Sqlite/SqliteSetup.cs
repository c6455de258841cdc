using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gds.Store.Sqlite;

/// <summary>Points a context at a SQLite file with the settings that the GDS relies on.</summary>
public static class SqliteSetup
{
    public const string MigrationsAssembly = "Gds.Migrations.Sqlite";

    public static DbContextOptionsBuilder UseGdsSqlite(this DbContextOptionsBuilder builder, GdsStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = options.DatabasePath,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = options.BusyTimeoutSeconds,
        };
        return builder
            .UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsAssembly(MigrationsAssembly))
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)) // a test sees to it, not each first start
            .AddInterceptors(new DurableSqlite(options.BusyTimeoutSeconds));
    }
}
