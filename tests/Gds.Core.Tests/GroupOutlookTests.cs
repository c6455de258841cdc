using Gds.Core.Groups;
using Gds.Store;

namespace Gds.Core.Tests;

/// <summary>What is about to end in a certificate group.</summary>
public sealed class GroupOutlookTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_certificate_of_a_member_counts_also_once_it_has_expired_and_after_a_restart()
    {
        await using var plant = await SyncPlant.StartAsync();
        Last(plant).ShouldBe((SyncPlant.Uri, plant.Thumbprint));
        (await Outlook(plant).CertificateAsync(plant.Thumbprint, Ct)).ShouldBe(plant.Certificate.Der);
        plant.Gds.Time.Advance(TimeSpan.FromDays(366));
        (await plant.Gds.Upkeep.PurgeAsync(Ct)).Certificates.ShouldBe(1);
        Last(plant).ShouldBe((SyncPlant.Uri, plant.Thumbprint));
        await plant.Gds.RestartAsync();
        Last(plant).ShouldBe((SyncPlant.Uri, plant.Thumbprint));

        await plant.RenewAsync();
        Last(plant).ShouldBe((SyncPlant.Uri, plant.Thumbprint));
        await plant.Gds.RestartAsync();
        Last(plant).ShouldBe((SyncPlant.Uri, plant.Thumbprint));
    }

    [Fact]
    public async Task A_revoked_certificate_does_not_count_and_the_one_before_it_does()
    {
        await using var plant = await SyncPlant.StartAsync();
        var first = plant.Thumbprint;
        plant.Gds.Time.Advance(TimeSpan.FromDays(1));
        await plant.RenewAsync();
        await plant.Gds.Certificates.RevokeAsync(Callers.Admin, plant.Thumbprint, RevocationCause.Superseded, Ct);
        Last(plant).Thumbprint.ShouldBe(first);
        await plant.Gds.Certificates.RevokeAsync(Callers.Admin, first, RevocationCause.Superseded, Ct);
        Outlook(plant).Certificates(CertificateGroups.Default).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_gone_has_no_certificate()
    {
        await using var plant = await SyncPlant.StartAsync();
        plant.Gds.Time.Advance(TimeSpan.FromDays(366));
        await plant.Gds.Upkeep.PurgeAsync(Ct);
        await plant.Gds.Directory.UnregisterAsync(Callers.Admin, plant.Id, Ct);
        Outlook(plant).Certificates(CertificateGroups.Default).ShouldBeEmpty();
        await plant.Gds.RestartAsync();
        Outlook(plant).Certificates(CertificateGroups.Default).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_CA_and_its_revocation_list_are_a_concern_before_they_end()
    {
        await using var plant = await SyncPlant.StartAsync();
        var list = Outlook(plant).TrustList(CertificateGroups.Default);
        (list.LastUpdateTime, list.UpdateFrequency).ShouldBe((plant.ListTime, TimeSpan.FromHours(1)));
        var authority = plant.Gds.Groups.Get(null).Authorities.Single();
        list.Concerns.Select(c => c.From).ShouldBe([authority.NotAfter.AddDays(-14), authority.CrlNextUpdate!.Value.AddDays(-1)]);
        list.Concerns.ShouldAllBe(c => c.What.Contains(authority.Subject));
    }

    [Fact]
    public async Task A_member_is_a_concern_from_twice_the_frequency_after_it_fell_behind_until_it_caught_up()
    {
        await using var plant = await SyncPlant.StartAsync();
        await plant.ReportAsync(plant.Good());
        Member(plant).ShouldBeNull();
        plant.Gds.Time.Advance(TimeSpan.FromMinutes(5));
        await plant.Gds.Upkeep.ReissueCrlsAsync(Callers.Admin, null, Ct);
        Member(plant)!.From.ShouldBe(plant.ListTime.AddHours(2));
        Member(plant)!.What.ShouldBe($"{SyncPlant.Uri} is out of sync since {plant.ListTime:u}");
        var since = Member(plant);
        plant.Gds.Time.Advance(TimeSpan.FromHours(3));
        Member(plant).ShouldBe(since);

        await plant.ReportAsync(plant.Good());
        Member(plant).ShouldBeNull();
    }

    private static GroupOutlook Outlook(SyncPlant plant) => plant.Gds.Get<GroupOutlook>();

    private static (string ApplicationUri, string Thumbprint) Last(SyncPlant plant)
    {
        var last = Outlook(plant).Certificates(CertificateGroups.Default).Single();
        return (last.ApplicationUri, last.Thumbprint);
    }

    private static TrustListConcern? Member(SyncPlant plant) =>
        Outlook(plant).TrustList(CertificateGroups.Default).Concerns.SingleOrDefault(c => c.What.StartsWith(SyncPlant.Uri, StringComparison.Ordinal));
}
