using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gds.Store.Sqlite;

/// <summary>
/// Sets each connection so that a commit is on the disk when it returns (WAL with synchronous=FULL),
/// references are enforced, and another process that writes is waited for. What SQLite keeps aside to undo a part of a
/// transaction stays in memory.
/// </summary>
internal sealed class DurableSqlite(int busyTimeoutSeconds) : DbConnectionInterceptor
{
    private readonly string _pragmas =
        $"PRAGMA busy_timeout={busyTimeoutSeconds * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;";

    // A pooled connection comes back with the same handle, on which the settings stand until it is closed for good.
    private readonly ConditionalWeakTable<object, object> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsSet(connection)) return;
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
        MarkSet(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsSet(connection)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        MarkSet(connection);
    }

    private bool IsSet(DbConnection connection) => ((SqliteConnection)connection).Handle is { } handle && _set.TryGetValue(handle, out _);

    private void MarkSet(DbConnection connection) => _set.AddOrUpdate(((SqliteConnection)connection).Handle!, this);
}
