using Gds.Store.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gds.Store;

/// <summary>Adds the database to a host.</summary>
public static class GdsStoreServices
{
    /// <summary>Adds a pooled factory of <see cref="GdsDbContext"/>; <paramref name="configure"/> sets the options.</summary>
    public static IServiceCollection AddGdsStore(this IServiceCollection services, Action<GdsStoreOptions>? configure = null)
    {
        services.AddOptions<GdsStoreOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<GdsStoreOptions>, Validation>();
        if (configure is not null) services.Configure(configure);
        services.AddPooledDbContextFactory<GdsDbContext>((provider, builder) =>
            builder.UseGdsSqlite(provider.GetRequiredService<IOptions<GdsStoreOptions>>().Value));
        return services;
    }

    private sealed class Validation : IValidateOptions<GdsStoreOptions>
    {
        public ValidateOptionsResult Validate(string? name, GdsStoreOptions options)
            => options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
