using System.Text.Json.Nodes;
using Interop.Driving;
using TestKit;

namespace Interop.Ours;

/// <summary>Subscriptions that outlive the session of a foreign client, on our server (Part 4, 5.14.7).</summary>
public sealed class TransferTests(OurServer server) : IClassFixture<OurServer>, IAsyncLifetime
{
    private const string Counter = "ns=1;s=Counter";
    private readonly NodeClient _client = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task A_client_whose_session_timed_out_goes_on_with_its_subscription_when_it_reconnects()
    {
        await using var relay = new CuttableRelay(new Uri(server.Url).Port);
        var options = server.Options() with { EndpointUrl = $"opc.tcp://127.0.0.1:{relay.Port}", EndpointMustExist = false, Reconnect = true, SessionTimeout = 2_000 };
        await _client.ConnectAsync(options, Ct);
        var session = (await _client.StatusAsync(Ct)).SessionId;
        server.Count(1);
        var values = await _client.SubscribeAsync([new NodeMonitor(Counter) { SamplingInterval = 0, QueueSize = 10 }], maxKeepAliveCount: 5, lifetimeCount: 1_000, ct: Ct);
        (await _client.CollectAsync(count: 1, subscription: values.Subscription, ct: Ct)).Values.ShouldHaveSingleItem().As<int>().ShouldBe(1);

        relay.Block();
        server.Count(2);
        while (server.Sessions > 0) await Task.Delay(50, Ct);
        server.Count(3);
        relay.LetThrough();
        await _client.WaitForAsync("connectionsReestablished", timeout: TimeSpan.FromSeconds(60), ct: Ct);
        (await _client.StatusAsync(Ct)).SessionId.ShouldNotBe(session);
        server.Count(4);
        var came = await _client.CollectAsync(count: 3, subscription: values.Subscription, ct: Ct);
        came.Values.Select(v => v.As<int>()).ShouldBe([2, 3, 4]);
    }

    [Fact]
    public async Task A_client_takes_over_what_another_session_of_it_has_left_and_another_user_may_not()
    {
        await _client.ConnectAsync(server.Options(), Ct);
        var values = await _client.SubscribeAsync([new NodeMonitor(Counter) { SamplingInterval = 0, QueueSize = 10 }], lifetimeCount: 1_000, ct: Ct);
        await _client.CollectAsync(count: 1, subscription: values.Subscription, ct: Ct);
        await _client.CloseAsync(deleteSubscriptions: false, Ct);

        await using var other = new NodeClient();
        await other.ConnectAsync(server.Options() with { User = OurServer.User, Password = OurServer.Password }, Ct);
        (await TransferAsync(other, values.Subscription)).ShouldBe("BadUserAccessDenied");
        await other.CloseAsync(ct: Ct);

        await _client.ConnectAsync(server.Options(), Ct);
        (await TransferAsync(_client, values.Subscription)).ShouldBe("Good");
        server.Count(770_077);
        JsonObject publish;
        do
        {
            publish = await _client.RequestAsync("PublishRequest", ct: Ct);
            publish["subscriptionId"]!.GetValue<uint>().ShouldBe(values.Subscription);
        }
        while (!publish["notificationMessage"]!.ToJsonString().Contains("770077", StringComparison.Ordinal));
    }

    private static async Task<string> TransferAsync(NodeClient client, uint subscription)
    {
        var response = await client.RequestAsync("TransferSubscriptionsRequest", new { subscriptionIds = new[] { subscription }, sendInitialValues = true }, Ct);
        return response["results"]!.AsArray().ShouldHaveSingleItem()!["fields"]!["statusCode"]!.GetValue<string>();
    }
}
