using Microsoft.Data.Sqlite;

namespace Benchmarks.Measuring;

/// <summary>What one durable SQLite commit costs on this disk: one row in its own transaction, with the settings of the GDS and nothing else around it.</summary>
internal static class DurableCommits
{
    public static Rate Measure(string folder, TimeSpan time)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "commits.db"), Pooling = false }.ToString());
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL);");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows (text) VALUES ($text)";
        insert.Parameters.AddWithValue("$text", new string('x', 500));
        return Rate.For(time, 1, _ => insert.ExecuteNonQuery());
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
