using Gds.Core.Applications;
using Gds.Core.Certificates;
using Gds.Store;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Gds.OpcUa.Tests;

/// <summary>What a SecurityAdmin hears of changes, whichever door they came by.</summary>
public sealed class AuditEventTests(GdsFixture gds) : IClassFixture<GdsFixture>
{
    private static readonly QualifiedName[][] s_fields =
    [
        [new("EventType")], [new("Message")], [new("MethodId")], [new("InputArguments")], [new("Status")],
        [new("CertificateGroup", Directory.Gds)], [new("CertificateType", Directory.Gds)],
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registration_request_delivery_and_revocation_are_told()
    {
        await using var watcher = await gds.ConnectAsAsync("security");
        await using var subscription = await watcher.SubscribeAsync(new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50) }, Ct);
        var events = await subscription.MonitorEventsAsync(ObjectIds.Server, EventFilters.Select(s_fields), new ItemOptions { QueueSize = 100 }, Ct);

        var agent = new TestApplication("urn:localhost:events:agent");
        await using (var session = await gds.ConnectAsync(agent, GdsFixture.UserOf(await gds.NewTokenAsync(1, agent.Uri))))
        {
            var id = await session.RegisterAsync(agent.Record);
            var registered = await NextAsync(events, GdsIds.ApplicationRegistrationChangedAuditEventType);
            registered[2].ShouldBe(new NodeId(DirectoryMethodIds.RegisterApplication, Directory.Gds));
            registered[3].Value.ShouldBeOfType<Variant[]>().Length.ShouldBe(1);

            await session.StartAsync(id, [1]).ShouldFailAsync(StatusCodes.BadInvalidArgument);
            (await NextAsync(events, GdsIds.CertificateRequestedAuditEventType))[4].ShouldBe(false);
            var request = await session.StartAsync(id, agent.SigningRequest());
            var requested = await NextAsync(events, GdsIds.CertificateRequestedAuditEventType);
            requested[4].ShouldBe(true);
            requested[5].ShouldBe(Directory.DefaultGroup);
            requested[6].ShouldBe(Directory.RsaSha256);
            await session.FinishAsync(id, request);
            var delivered = await NextAsync(events, GdsIds.CertificateDeliveredAuditEventType);
            delivered[5].ShouldBe(Directory.DefaultGroup);
            delivered[6].ShouldBe(Directory.RsaSha256);
        }

        var record = gds.Get<ApplicationDirectory>().Find(agent.Uri)!;
        var issued = (await gds.Get<CertificateRegister>().ListAsync(GdsFixture.Local, record.Id, null, 10, Ct)).Single();
        await gds.Get<CertificateRegister>().RevokeAsync(GdsFixture.Local, issued.Thumbprint!, RevocationCause.Superseded, Ct);
        ((string?)((LocalizedText)(await NextAsync(events, GdsIds.CertificateRevokedAuditEventType))[1].Value!).Text).ShouldNotBeNull().ShouldContain(issued.Thumbprint!);
        await gds.Get<ApplicationDirectory>().UnregisterAsync(GdsFixture.Local, record.Id, Ct);
        (await NextAsync(events, GdsIds.ApplicationRegistrationChangedAuditEventType))[2].ShouldBe(new NodeId(DirectoryMethodIds.UnregisterApplication, Directory.Gds));
    }

    [Theory]
    [InlineData("discovery", MessageSecurityMode.SignAndEncrypt)]
    [InlineData("security", MessageSecurityMode.Sign)]
    public async Task Others_hear_nothing(string person, MessageSecurityMode mode)
    {
        await using var watcher = await gds.ConnectAsAsync(person, mode);
        await using var subscription = await watcher.SubscribeAsync(new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(50), KeepAliveCount = 1 }, Ct);
        var events = await subscription.MonitorEventsAsync(ObjectIds.Server, EventFilters.Select(s_fields), new ItemOptions { QueueSize = 100 }, Ct);
        await gds.Get<ApplicationDirectory>().RegisterAsync(GdsFixture.Local, Registration($"urn:localhost:silent:{person}:{mode}"), Ct);

        // Two rounds of publishing lie between this and the end of the reads.
        var state = await subscription.MonitorAsync(VariableIds.ServerStatusState, cancellationToken: Ct);
        await state.Reader.ReadAsync(Ct);
        events.Reader.TryRead(out _).ShouldBeFalse();
    }

    private static ApplicationRegistration Registration(string uri) =>
        new(uri, Store.ApplicationType.Client, [new ApplicationName(null, "silent")], "urn:p", [], []);

    private static async Task<Variant[]> NextAsync(EventItem events, uint type)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var fields = await events.Reader.ReadAsync(limit.Token);
            if (fields[0].Value is NodeId { NamespaceIndex: Directory.Gds } id && id.Numeric == type) return fields;
        }
    }
}
