using Interop.Driving;
using Pki;
using Ua.Gds;

namespace Interop.OurGds;

/// <summary>A GDS whose certificates are near their end from the first day on.</summary>
public sealed class ShortLivedGds : GdsProcess
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Gds:CertificateLifetimeDays"] = "10" };
}

/// <summary>A foreign client sees the alarms of a certificate group, acknowledges them, and sees them go.</summary>
public sealed class AlarmTests(ShortLivedGds gds) : IClassFixture<ShortLivedGds>, IAsyncLifetime
{
    private const string GroupName = "DefaultApplicationGroup";
    private static readonly string s_group = DirectoryNames.Id(GroupIds.DefaultApplication.Group);
    private readonly NodeClient _client = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _client.ConnectAsync(gds.AdminOptions(), Ct);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Its_alarm_list_shows_a_certificate_near_its_end_until_it_is_acknowledged_and_gone()
    {
        (await _client.WatchAlarmsAsync(Ct)).ShouldNotContain(a => a.Retain);
        var (id, certificate) = await OrderAsync("urn:foreign:alarm:list");
        var active = await _client.WaitForAlarmAsync("CertificateExpired", GroupName, new { active = true, acked = false, retain = true, enabled = true }, ct: Ct);
        active.EventType.ShouldBe("ns=0;i=13225");
        active.Message.ShouldBe($"1 certificate nears its end: urn:foreign:alarm:list ({certificate.NotAfter:u}).");
        active.Severity.ShouldBe((ushort)500);

        (await _client.AcknowledgeAsync(active, "will be renewed", Ct)).ShouldBe("Good");
        var acked = await _client.WaitForAlarmAsync("CertificateExpired", GroupName, new { active = true, acked = true, retain = true }, ct: Ct);
        (acked.Comment, acked.ClientUserId).ShouldBe(("will be renewed", gds.Admin));
        (await _client.AcknowledgeAsync(acked, "again", Ct)).ShouldBe("BadConditionBranchAlreadyAcked");
        (await _client.AcknowledgeAsync(acked with { EventId = Convert.ToBase64String(new byte[16]) }, "what", Ct)).ShouldBe("BadEventIdUnknown");
        (await _client.AddCommentAsync(acked, "still waiting", Ct)).ShouldBe("Good");
        await _client.WaitForAlarmAsync("CertificateExpired", GroupName, new { comment = "still waiting", acked = true }, ct: Ct);

        await _client.DirectoryAsync(DirectoryMethodIds.UnregisterApplication, NodeVariant.NodeId(id));
        await _client.WaitForAlarmAsync("CertificateExpired", GroupName, new { active = false, acked = true, retain = false }, ct: Ct);
    }

    [Fact]
    public async Task Its_own_subscription_gets_the_fields_of_the_type_and_a_refresh_gets_the_same_event_again()
    {
        var events = await _client.SubscribeEventsAsync(
            s_group, ["EventId", "ActiveState/Id", "AckedState/Id", "Retain", "ExpirationDate", "Certificate", "CertificateType", "SourceNode"], ofType: "i=13225", typeDefinition: "i=13225", ct: Ct);
        events.Items[0].StatusCode.ShouldBe("Good");
        var (id, certificate) = await OrderAsync("urn:foreign:alarm:fields");
        var active = (await _client.CollectAsync(events: 1, subscription: events.Subscription, timeout: TimeSpan.FromSeconds(30), ct: Ct)).Events[0].Fields;
        (active["ActiveState/Id"].As<bool>(), active["AckedState/Id"].As<bool>(), active["Retain"].As<bool>()).ShouldBe((true, false, true));
        active["ExpirationDate"].As<DateTime>().ShouldBe(certificate.NotAfter.UtcDateTime);
        active["Certificate"].Bytes().ShouldBe(certificate.Der);
        active["CertificateType"].As<string>().ShouldBe("ns=0;i=12560");

        (await _client.RefreshConditionsAsync(events.Subscription, Ct)).ShouldBe("Good");
        var refreshed = (await _client.CollectAsync(events: 3, subscription: events.Subscription, timeout: TimeSpan.FromSeconds(30), ct: Ct)).Events;
        refreshed.Length.ShouldBe(3);
        refreshed[1].Fields["EventId"].Bytes().ShouldBe(active["EventId"].Bytes());

        await _client.DirectoryAsync(DirectoryMethodIds.UnregisterApplication, NodeVariant.NodeId(id));
        var normal = (await _client.CollectAsync(events: 1, subscription: events.Subscription, timeout: TimeSpan.FromSeconds(30), ct: Ct)).Events[0].Fields;
        (normal["ActiveState/Id"].As<bool>(), normal["AckedState/Id"].As<bool>(), normal["Retain"].As<bool>()).ShouldBe((false, false, true));
        await _client.WatchAlarmsAsync(Ct);
        var alarm = await _client.WaitForAlarmAsync("CertificateExpired", GroupName, new { active = false, acked = false, retain = true }, ct: Ct);
        (await _client.AcknowledgeAsync(alarm, "seen", Ct)).ShouldBe("Good");
        await _client.WaitForAlarmAsync("CertificateExpired", GroupName, new { retain = false }, ct: Ct);
    }

    [Fact]
    public async Task It_finds_the_conditions_by_browsing_and_reads_their_state()
    {
        (await _client.BrowseAsync("i=2253", referenceTypeId: "i=48", ct: Ct)).References.ShouldContain(r => r.BrowseName.Name == GroupName);
        var conditions = (await _client.BrowseAsync(s_group, referenceTypeId: "i=9006", ct: Ct)).References;
        conditions.Select(r => r.BrowseName.Name).ShouldBe(["CertificateExpired", "TrustListOutOfDate"], ignoreOrder: true);
        foreach (var condition in conditions)
        {
            var below = (await _client.BrowseAsync(condition.NodeId, ct: Ct)).References;
            below.Where(r => r.NodeClass == "Method").Select(r => r.BrowseName.Name).Order().ShouldBe(["Acknowledge", "AddComment", "Disable", "Enable"]);
            foreach (var variable in below.Where(r => r.NodeClass == "Variable"))
                (await _client.ReadAsync(variable.NodeId, ct: Ct)).StatusCode.ShouldBe("Good", variable.BrowseName.Name);
        }

        var profiles = await _client.ReadAsync("i=2269", ct: Ct);
        profiles.Value!.AsArray().Select(p => p!.GetValue<string>()).ShouldContain("http://opcfoundation.org/UA-Profile/Server/ACCertificateExpiration2022");
    }

    private async Task<(string Id, ApplicationCertificate Certificate)> OrderAsync(string uri)
    {
        var id = await _client.RegisterAsync(uri);
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var csr = SigningRequest.Create(SubjectName.Build("Foreign"), key, uri, ["localhost"], []);
        var request = (await _client.DirectoryAsync(
            DirectoryMethodIds.StartSigningRequest, NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.NodeId("i=12560"), NodeVariant.ByteString(csr)))[0].As<string>();
        var finished = await _client.DirectoryAsync(DirectoryMethodIds.FinishRequest, NodeVariant.NodeId(id), NodeVariant.NodeId(request));
        return (id, ApplicationCertificate.Parse(finished[0].Bytes()));
    }
}
