using Ua.Client.Tests.Kit;
using Ua.Core;

namespace Ua.Client.Tests.Discovery;

/// <summary>Discovery against a server of our own.</summary>
public sealed class DiscoveringTests : IAsyncLifetime
{
    private OwnServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await OwnServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Endpoints_and_servers()
    {
        var endpoints = await Client.Discovery.GetEndpointsAsync(_server.Url, cancellationToken: Ct);
        endpoints.Count(e => e.SecurityMode == MessageSecurityMode.SignAndEncrypt).ShouldBe(3);
        (await Client.Discovery.FindServersAsync(_server.Url, cancellationToken: Ct)).Single().ApplicationUri.ShouldBe(_server.Peer.Uri);
        (await Client.Discovery.FindServersAsync(_server.Url, ["urn:somebody:else"], cancellationToken: Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Servers_on_the_network()
    {
        _server.Tamper = (request, honest) => request is FindServersOnNetworkRequest { StartingRecordId: 5, MaxRecordsToReturn: 2 }
            ? Task.FromResult<IServiceResponse>(new FindServersOnNetworkResponse(
                new ResponseHeader(DateTime.MinValue, request.Header.RequestHandle, StatusCodes.Good), DateTime.MinValue, [new ServerOnNetwork(6, "a", "opc.tcp://a:4840", ["DA"])]))
            : honest();
        (await Client.Discovery.FindServersOnNetworkAsync(_server.Url, 5, 2, cancellationToken: Ct)).Servers.Single().RecordId.ShouldBe(6u);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        _server.Tamper = async (request, honest) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(10), Ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await honest();
        };
        var options = new DiscoveryOptions { Timeout = TimeSpan.FromMilliseconds(200) };
        (await Should.ThrowAsync<UaException>(Client.Discovery.GetEndpointsAsync(_server.Url, options, Ct))).StatusCode.ShouldBe(StatusCodes.BadTimeout);
    }

    [Fact]
    public async Task The_callers_own_end_is_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Client.Discovery.GetEndpointsAsync(_server.Url, cancellationToken: stop.Token));
    }

    [Fact]
    public async Task A_url_that_is_none_is_named() =>
        (await Should.ThrowAsync<UaException>(Client.Discovery.GetEndpointsAsync("http://localhost", cancellationToken: Ct))).StatusCode.ShouldBe(StatusCodes.BadTcpEndpointUrlInvalid);
}
