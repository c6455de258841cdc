using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gds.Store.Tests;

public sealed class GdsStoreOptionsTests
{
    [Theory]
    [InlineData("", 10, "Store:DatabasePath is empty")]
    [InlineData("a\0b", 10, "Store:DatabasePath")]
    [InlineData("gds.db", 0, "Store:BusyTimeoutSeconds is 0")]
    [InlineData("gds.db", 601, "Store:BusyTimeoutSeconds is 601")]
    public void A_wrong_setting_is_named(string path, int busy, string text)
    {
        using var services = new ServiceCollection()
            .AddGdsStore(o => { o.DatabasePath = path; o.BusyTimeoutSeconds = busy; })
            .BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<GdsStoreOptions>>().Value)
            .Message.ShouldContain(text);
    }

    [Fact]
    public void The_defaults_are_valid() => new GdsStoreOptions().Faults().ShouldBeEmpty();

    [Fact]
    public async Task A_context_of_the_factory_is_given_back_clean()
    {
        await using var services = new ServiceCollection()
            .AddGdsStore(o => o.DatabasePath = "unused.db").BuildServiceProvider();
        var factory = services.GetRequiredService<IDbContextFactory<GdsDbContext>>();
        GdsDbContext first;
        await using (first = await factory.CreateDbContextAsync())
            first.Add(new Setting("a", "b"));
        await using var second = await factory.CreateDbContextAsync();
        second.ChangeTracker.Entries().ShouldBeEmpty();
    }
}
