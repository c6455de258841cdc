using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.ServerObject;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.ServerObject;

/// <summary>The Server object says what is so.</summary>
public sealed class ServerObjectTests
{
    [Fact]
    public async Task It_tells_state_time_names_and_build()
    {
        await using var server = await TestServer.StartAsync(o => o.SoftwareVersion = "1.2.3");
        var session = await server.ConnectAsync();
        var start = server.Time.GetUtcNow().UtcDateTime;
        server.Time.Advance(TimeSpan.FromSeconds(5));
        ((ExtensionObject)(await session.ReadAsync(new NodeId(2256))).Value.Value!).TryDecode<ServerStatusDataType>(out var status).ShouldBeTrue();
        status!.StartTime.ShouldBe(start);
        status.CurrentTime.ShouldBe(start.AddSeconds(5));
        status.State.ShouldBe(Core.ServerState.Running);
        status.BuildInfo.SoftwareVersion.ShouldBe("1.2.3");
        (await session.ReadAsync(new NodeId(2254))).Value.Value.ShouldBe(new[] { server.Server.Uri });
        (await session.ReadAsync(new NodeId(2255))).Value.Value.ShouldBe(new[] { NamespaceTable.OpcUa, server.Server.Uri });
        ((string?[])(await session.ReadAsync(new NodeId(2269))).Value.Value!).ShouldContain("http://opcfoundation.org/UA-Profile/Server/ComplexTypes2017");
        (await session.ReadAsync(new NodeId(2994))).Value.Value.ShouldBe(true);
    }

    [Fact]
    public async Task It_counts_sessions_and_subscriptions()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        await TestSubscription.CreateAsync(server, session);
        var refused = server.Session();
        await refused.FailAsync(refused.CreateRequest() with { ClientNonce = null });
        var silent = await server.ConnectAsync();
        for (var i = 0; i < 2; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(40));
            await session.ReadAsync(new NodeId(2258));
        }

        server.Closed.ShouldBe([silent.Id]);
        ((ExtensionObject)(await session.ReadAsync(new NodeId(2275))).Value.Value!).TryDecode<ServerDiagnosticsSummaryDataType>(out var summary).ShouldBeTrue();
        summary!.CurrentSessionCount.ShouldBe(1u);
        summary.CumulatedSessionCount.ShouldBe(2u);
        summary.SecurityRejectedSessionCount.ShouldBe(1u);
        summary.SessionTimeoutCount.ShouldBe(1u);
        summary.CumulatedSubscriptionCount.ShouldBe(1u);
        summary.RejectedRequestsCount.ShouldBe(1u);
        (await session.ReadAsync(new NodeId(2277))).Value.Value.ShouldBe(1u);
        (await session.ReadAsync(new NodeId(2284))).Value.Value.ShouldBe(summary.PublishingIntervalCount);
    }

    [Fact]
    public async Task Every_variable_below_the_objects_folder_can_be_read()
    {
        await using var server = await TestServer.StartAsync();
        var admin = await server.ConnectAsync(TestUser.Admin);
        var seen = new HashSet<Node>();
        var waiting = new Queue<Node>([server.Space.Get<ObjectNode>(new NodeId(85))]);
        while (waiting.TryDequeue(out var node))
        {
            if (node is VariableNode)
            {
                var value = await admin.ReadAsync(node.Id);
                value.Status.IsGood.ShouldBeTrue($"{node}: {value.Status}");
            }

            foreach (var child in node.Children().Where(seen.Add)) waiting.Enqueue(child);
        }

        seen.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task It_shows_who_is_there_and_what_they_do()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync(TestUser.Admin);
        var plant = new Plant(server);
        var subscription = await TestSubscription.CreateAsync(server, session, priority: 7);
        await subscription.MonitorAsync(plant.Level.Id);
        await subscription.NextAsync();
        await session.FailAsync(new ReadRequest(session.Header(), 0, TimestampsToReturn.Both, []));

        var shown = Decode<SessionDiagnosticsDataType>(await session.ReadAsync(new NodeId(3707)));
        shown.SessionId.ShouldBe(session.Id);
        shown.SessionName.ShouldBe("a session");
        shown.ClientDescription.ApplicationUri.ShouldBe(server.Client.Uri);
        (shown.CurrentSubscriptionsCount, shown.CurrentMonitoredItemsCount, shown.CurrentPublishRequestsInQueue).ShouldBe((1u, 1u, 0u));
        shown.Services[0].ShouldBe(new ServiceCounterDataType(2, 1));
        shown.TotalRequestCount.ShouldBe(new ServiceCounterDataType(5, 1));

        var security = Decode<SessionSecurityDiagnosticsDataType>(await session.ReadAsync(new NodeId(3708)));
        security.ClientUserIdOfSession.ShouldBe("admin");
        security.SecurityMode.ShouldBe(MessageSecurityMode.SignAndEncrypt);
        security.ClientCertificate.ShouldBe(server.Client.Der);

        var published = Decode<SubscriptionDiagnosticsDataType>(await session.ReadAsync(new NodeId(2290)));
        (published.SubscriptionId, published.Priority, published.NextSequenceNumber).ShouldBe((subscription.Id, (byte)7, 2u));
        (published.NotificationsCount, published.DataChangeNotificationsCount, published.PublishRequestCount).ShouldBe((1u, 1u, 1u));

        var guest = await server.ConnectAsync();
        (await guest.ReadAsync(new NodeId(3708))).Status.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    private static T Decode<T>(DataValue value)
        where T : class, IUaEncodable<T>
    {
        ((ExtensionObject[])value.Value.Value!).ShouldHaveSingleItem().TryDecode<T>(out var structure).ShouldBeTrue();
        return structure!;
    }

    [Fact]
    public async Task Objects_behind_which_nothing_stands_are_taken_out_unless_they_are_claimed()
    {
        await using var server = await TestServer.StartAsync();
        server.Space.Find(new NodeId(12637)).ShouldBeNull();
        server.Space.Find(new NodeId(12581)).ShouldNotBeNull();
        var space = AddressSpace.WithStandardNodes(server.Time, "urn:x");
        UnusedStandardNodes.RemoveFrom(space, new HashSet<NodeId> { new(12637), new(16706) });
        space.Find(new NodeId(12637)).ShouldNotBeNull();
        space.Find(new NodeId(24226)).ShouldNotBeNull("ManagedApplications lies in it");
        space.Find(new NodeId(14443)).ShouldBeNull();
    }

    [Fact]
    public async Task Security_admins_see_by_what_the_roles_are_given()
    {
        await using var server = await TestServer.StartAsync();
        var admin = await server.ConnectAsync(TestUser.Admin);
        var identities = server.Space.Get<ObjectNode>(new NodeId(15656)).Child(new QualifiedName("Identities"))!;
        var rules = ((ExtensionObject[])(await admin.ReadAsync(identities.Id)).Value.Value!).Select(e => UaReader.FromBytes<IdentityMappingRuleType>(e.Body)).ToList();
        rules.ShouldBe([new IdentityMappingRuleType(6, "")]);
    }
}
