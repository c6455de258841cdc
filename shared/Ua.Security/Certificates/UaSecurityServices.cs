using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ua.Security.Certificates;

/// <summary>Where the certificates of a process lie.</summary>
public sealed class TrustFolderOptions
{
    /// <summary>The root of the trust folder.</summary>
    public string Path { get; set; } = "pki";

    /// <summary>The name of a preset, see <see cref="TrustFolderLayouts"/>.</summary>
    public string Layout { get; set; } = "spec-annex-f";

    /// <summary>How many rejected certificates are kept; 0 keeps none.</summary>
    public int RejectedLimit { get; set; } = RejectedCertificates.DefaultLimit;
}

/// <summary>Registers this room.</summary>
public static class UaSecurityServices
{
    /// <summary>
    /// Adds the trust folder, the rejected list, the own identity (opened before other services start) and their watching.
    /// Set <see cref="TrustFolderOptions"/>, <see cref="ApplicationIdentityOptions"/> and <see cref="CertificateValidationOptions"/>;
    /// an <see cref="ITrustListSource"/> registered before is used instead of the folder alone.
    /// </summary>
    public static IServiceCollection AddUaSecurity(this IServiceCollection services)
    {
        services.AddOptions<TrustFolderOptions>();
        services.AddOptions<ApplicationIdentityOptions>();
        services.AddOptions<CertificateValidationOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(sp =>
        {
            var options = sp.GetRequiredService<IOptions<TrustFolderOptions>>().Value;
            return new TrustFolder(options.Path, TrustFolderLayouts.Find(options.Layout), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<TrustFolder>>());
        });
        services.TryAddSingleton<ITrustListSource>(sp => sp.GetRequiredService<TrustFolder>());
        services.TryAddSingleton(sp => new RejectedCertificates(
            sp.GetRequiredService<TrustFolder>(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<RejectedCertificates>>(),
            sp.GetRequiredService<IOptions<TrustFolderOptions>>().Value.RejectedLimit));
        services.TryAddSingleton(sp => new FolderApplicationIdentity(
            sp.GetRequiredService<TrustFolder>(), sp.GetRequiredService<IOptions<ApplicationIdentityOptions>>().Value,
            sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<FolderApplicationIdentity>>()));
        services.TryAddSingleton<IApplicationIdentitySource>(sp => sp.GetRequiredService<FolderApplicationIdentity>());
        services.TryAddSingleton(sp => new CertificateValidator(
            sp.GetRequiredService<ITrustListSource>(), sp.GetRequiredService<IOptions<CertificateValidationOptions>>().Value,
            sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<CertificateValidator>>(), sp.GetRequiredService<RejectedCertificates>()));
        services.AddHostedService<TrustFolderWatching>();
        return services;
    }
}

/// <summary>Opens folder and identity before anything listens, and keeps both in step with the disk.</summary>
internal sealed class TrustFolderWatching(TrustFolder folder, FolderApplicationIdentity identity) : BackgroundService, IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        folder.CreateDirectories();
        await folder.CurrentAsync(cancellationToken).ConfigureAwait(false);
        await identity.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(folder.WatchAsync(stoppingToken), identity.WatchAsync(stoppingToken));
}
