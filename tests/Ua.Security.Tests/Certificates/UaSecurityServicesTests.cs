using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TestKit;

namespace Ua.Security.Certificates.Tests;

public class UaSecurityServicesTests
{
    [Fact]
    public async Task A_host_has_its_identity_before_other_services_start()
    {
        using var temp = new TempFolder();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging();
        builder.Services.AddUaSecurity();
        builder.Services.Configure<TrustFolderOptions>(o => o.Path = temp.File("pki"));
        builder.Services.Configure<CertificateValidationOptions>(o => o.AcceptAllCertificates = true);
        using var host = builder.Build();
        await host.StartAsync();

        host.Services.GetRequiredService<IApplicationIdentitySource>().Current.ApplicationUri.ShouldStartWith("urn:");
        host.Services.GetRequiredService<CertificateValidator>().AcceptsEveryCertificate.ShouldBeTrue();
        host.Services.GetRequiredService<ITrustListSource>().ShouldBeSameAs(host.Services.GetRequiredService<TrustFolder>());
        await host.StopAsync();
    }
}
