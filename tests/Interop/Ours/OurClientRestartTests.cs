using Interop.Driving;
using Ua.Client;
using Ua.Core;

namespace Interop.Ours;

/// <summary>Our client against a foreign server that is started again.</summary>
public sealed class OurClientRestartTests : IAsyncLifetime
{
    private readonly ForeignServer _foreign = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _foreign.InitializeAsync();

    public ValueTask DisposeAsync() => _foreign.DisposeAsync();

    [Fact]
    public async Task Follows_continuation_points()
    {
        await _foreign.Server.RestartAsync(new { operationLimits = new { maxReferencesPerNode = 3 } }, Ct);
        await using var session = await UaSession.ConnectAsync(_foreign.Options("Basic256Sha256", MessageSecurityMode.Sign), Ct);
        var objects = await session.BrowseAsync(ObjectIds.Server, cancellationToken: Ct);
        objects.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Makes_a_new_session_with_its_subscriptions_when_the_server_was_restarted()
    {
        var states = new StateLog();
        await using var session = await UaSession.ConnectAsync(_foreign.Options("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt), Ct);
        session.StateChanged += states.Add;
        var plant = await session.NamespaceIndexOfAsync(NodeServer.PlantUri, Ct);
        var subscription = await session.SubscribeAsync(new SubscriptionOptions { PublishingInterval = TimeSpan.FromMilliseconds(100) }, Ct);
        var counter = await subscription.MonitorAsync(new NodeId("Counter", plant), cancellationToken: Ct);
        await counter.Reader.ReadAsync(Ct);
        var id = session.SessionId;

        await _foreign.Server.RestartAsync(ct: Ct);
        await states.WaitForAsync(c => c.State == SessionState.Connected, 1, Ct);
        session.LastChange.IsSameSession.ShouldBeFalse();
        session.SessionId.ShouldNotBe(id);
        while (counter.Reader.TryRead(out _)) { /* what came before */ }
        await counter.Reader.ReadAsync(Ct);
        await counter.Reader.ReadAsync(Ct);
    }
}
