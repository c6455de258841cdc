using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gds.Authority;

/// <summary>Adds this room to a host.</summary>
public static class AuthorityServices
{
    /// <summary>Adds <see cref="CaKeyStore"/> and the key protection that the options name. What the configuration says wins over <paramref name="defaults"/>.</summary>
    public static IServiceCollection AddGdsAuthority(this IServiceCollection services, Action<AuthorityOptions>? defaults = null)
    {
        var options = services.AddOptions<AuthorityOptions>().ValidateOnStart();
        if (defaults is not null) options.Configure(defaults);
        options.Configure<IServiceProvider>((value, provider) => provider.GetService<IConfiguration>()?.GetSection(AuthorityOptions.Section).Bind(value));
        services.AddSingleton<IValidateOptions<AuthorityOptions>, AuthorityOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Protection);
        services.AddSingleton<CaKeyStore>();
        return services;
    }

    private static IKeyProtection Protection(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<AuthorityOptions>>().Value;
        if (!string.IsNullOrEmpty(options.SecretEnvironmentVariable)) return new EnvironmentKeyProtection(options.SecretEnvironmentVariable);
        if (!string.IsNullOrEmpty(options.SecretCredential)) return new SystemCredentialKeyProtection(options.SecretCredential);
        return new FileKeyProtection(options.SecretFileOrDefault, services.GetRequiredService<ILogger<CaKeyStore>>());
    }
}
