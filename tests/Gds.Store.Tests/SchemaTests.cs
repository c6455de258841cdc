using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Gds.Store.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_migrations_hold_every_change_of_the_model()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        db.Database.HasPendingModelChanges().ShouldBeFalse();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_entity_of_the_model_has_its_table()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        var tables = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type='table'").ToListAsync();
        var wanted = db.Model.GetEntityTypes().Select(t => t.GetTableName()).ToList();
        wanted.Count.ShouldBeGreaterThanOrEqualTo(20);
        wanted.ShouldBeSubsetOf(tables);
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        await db.Database.MigrateAsync();
        (await db.Database.GetAppliedMigrationsAsync()).Count().ShouldBe(db.Database.GetMigrations().Count());
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "10000")]
    public async Task Every_connection_is_set_to_be_durable(string pragma, string value)
    {
        await using var store = await StoreFixture.CreateAsync();
        // The first two share one handle of the pool, one after the other; the last two are open at the same time.
        await ReadAsync(store.Open(), pragma, value, close: true);
        await using var open = await ReadAsync(store.Open(), pragma, value, close: false);
        await ReadAsync(store.Open(), pragma, value, close: true);
    }

    private static async Task<GdsDbContext> ReadAsync(GdsDbContext db, string pragma, string value, bool close)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + pragma;
        Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value);
        if (close) await db.DisposeAsync();
        return db;
    }

    [Fact]
    public async Task A_connection_opened_synchronously_is_durable_too()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        db.Database.OpenConnection();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        (await command.ExecuteScalarAsync()).ShouldBe(2L);
    }

    [Fact]
    public async Task A_reference_to_nothing_is_refused()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var db = store.Open();
        db.GroupMemberships.Add(new GroupMembership(Guid.NewGuid(), 77, StoreFixture.Now));
        var error = await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());
        error.InnerException.ShouldBeOfType<SqliteException>().Message.ShouldContain("FOREIGN KEY");
    }
}
