using Gds.Store.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TestKit;

namespace Gds.Store.Tests;

/// <summary>A migrated database in a folder of its own.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    public static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();
    private readonly DbContextOptions<GdsDbContext> _options;

    private StoreFixture()
    {
        var builder = new DbContextOptionsBuilder<GdsDbContext>();
        builder.UseGdsSqlite(new GdsStoreOptions { DatabasePath = _folder.File("gds.db") });
        _options = builder.Options;
    }

    public static async Task<StoreFixture> CreateAsync()
    {
        var fixture = new StoreFixture();
        await using var db = fixture.Open();
        await db.Database.MigrateAsync();
        return fixture;
    }

    public GdsDbContext Open() => new(_options);

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
