using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

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
            .AddInterceptors(new DurableSqlite(options.BusyTimeoutSeconds));
    }
}
