using Gds.Core;
using Gds.Core.Audit;
using Gds.Core.Groups;
using Gds.Core.Sync;
using Gds.Host.Configuration;
using Gds.Host.Hosting;
using Gds.Host.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using TestKit;

namespace Gds.Host.Tests;

/// <summary>The recurring work on a real database; each job may run again at any time.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private GdsHost _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Caller Reader { get; } = new() { Who = "test", Origin = "test", Roles = GdsRoles.All, Channel = ChannelMode.SignAndEncrypt };

    public async ValueTask InitializeAsync()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Authority:CaLifetime"] = "20.00:00:00", ["Authority:CaKeyKind"] = "Rsa2048", ["Endpoint:Port"] = "0" })
            .Build();
        var folder = new DataFolder(_folder.File("data"));
        folder.Create();
        _host = GdsHost.Build(new HostNeeds(folder, settings, Listens: true));
        await _host.PrepareAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_ends_soon_is_recorded()
    {
        await RunAsync<ExpiryJob>();
        var rows = await _host.Services.GetRequiredService<AuditLog>().QueryAsync(Reader, new AuditQuery { Action = "certificate.expiring" }, Ct);
        rows.ShouldHaveSingleItem().Target.ShouldContain("GDS CA");
    }

    [Fact]
    public async Task A_list_that_is_fresh_is_not_signed_again_and_nothing_is_purged_that_counts()
    {
        var before = CrlNumber();
        await RunAsync<CrlJob>();
        await RunAsync<PurgeJob>();
        await RunAsync<PurgeJob>();
        CrlNumber().ShouldBe(before);
        (await _host.Services.GetRequiredService<AuditLog>().QueryAsync(Reader, new AuditQuery(), Ct)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Members_are_looked_at_and_contacts_stored_as_often_as_one_likes()
    {
        await RunAsync<SyncJob>();
        await RunAsync<ContactJob>();
        await RunAsync<ContactJob>();
        _host.Services.GetRequiredService<SyncRegister>().Summary(Reader).Counts.Members.ShouldBe(0);
    }

    private long? CrlNumber() => _host.Services.GetRequiredService<CertificateGroups>().Get(CertificateGroups.Default).Authorities[0].CrlNumber;

    private async Task RunAsync<TJob>()
        where TJob : IJob => await ActivatorUtilities.CreateInstance<TJob>(_host.Services).Execute(null!, Ct);
}
