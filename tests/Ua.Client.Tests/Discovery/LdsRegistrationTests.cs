using System.Threading.Channels;
using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Client.Tests.Discovery;

/// <summary>A server that registers with a discovery server, which our own server plays here.</summary>
public sealed class LdsRegistrationTests : IAsyncLifetime
{
    private static readonly RegisteredServer s_server =
        new("urn:test:client", "urn:p", [new LocalizedText("pump")], ApplicationType.Server, null, ["opc.tcp://pump:4840"], null, IsOnline: false);

    private readonly Channel<IServiceRequest> _registrations = Channel.CreateUnbounded<IServiceRequest>();
    private OwnServer _lds = null!;
    private bool _knowsNew = true;
    private bool _isAway;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lds = await OwnServer.StartAsync();
        _lds.Tamper = async (request, honest) => request switch
        {
            RegisterServerRequest or RegisterServer2Request when _isAway => Fault(request, StatusCodes.BadShutdown),
            RegisterServer2Request when !_knowsNew => Fault(request, StatusCodes.BadServiceUnsupported),
            RegisterServer2Request two when _registrations.Writer.TryWrite(two) => new RegisterServer2Response(Good(request), [StatusCodes.Good], []),
            RegisterServerRequest one when _registrations.Writer.TryWrite(one) => new RegisterServerResponse(Good(request)),
            _ => await honest(),
        };
    }

    public ValueTask DisposeAsync() => _lds.DisposeAsync();

    [Fact]
    public async Task Registers_again_and_again_and_goes_offline_at_the_end()
    {
        using var stop = new CancellationTokenSource();
        var running = Registration(TimeSpan.FromMilliseconds(50)).RunAsync(() => s_server, stop.Token);
        for (var i = 0; i < 3; i++)
        {
            var request = (await _registrations.Reader.ReadAsync(Ct)).ShouldBeOfType<RegisterServer2Request>();
            request.Server.IsOnline.ShouldBeTrue();
            request.Server.ServerUri.ShouldBe("urn:test:client");
            request.DiscoveryConfiguration.Single().TryDecode<MdnsDiscoveryConfiguration>(out var mdns).ShouldBeTrue();
            mdns!.MdnsServerName.ShouldBe("pump");
            mdns.ServerCapabilities.ShouldBe(["DA"]);
        }

        await stop.CancelAsync();
        await running;
        IServiceRequest? last = null;
        while (_registrations.Reader.TryRead(out var request)) last = request;
        last.ShouldBeOfType<RegisterServer2Request>().Server.IsOnline.ShouldBeFalse();
    }

    [Fact]
    public async Task A_discovery_server_that_knows_only_RegisterServer_gets_that()
    {
        _knowsNew = false;
        await Registration(TimeSpan.FromMinutes(5)).RegisterAsync(s_server, Ct);
        (await _registrations.Reader.ReadAsync(Ct)).ShouldBeOfType<RegisterServerRequest>().Server.ServerUri.ShouldBe("urn:test:client");
    }

    [Fact]
    public async Task A_discovery_server_that_is_away_is_asked_again_soon()
    {
        _isAway = true;
        using var stop = new CancellationTokenSource();
        var running = Registration(TimeSpan.FromMinutes(5)).RunAsync(() => s_server, stop.Token);
        await Task.Delay(100, Ct);
        _isAway = false;
        (await _registrations.Reader.ReadAsync(Ct)).ShouldBeOfType<RegisterServer2Request>();
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_discovery_server_that_is_not_trusted_is_not_told_anything()
    {
        var registration = Registration(TimeSpan.FromMinutes(5), TestPeer.Validator(TestPeer.Server("other")));
        (await Should.ThrowAsync<UaException>(registration.RegisterAsync(s_server, Ct))).StatusCode.ShouldBe(StatusCodes.BadCertificateUntrusted);
        _registrations.Reader.TryRead(out _).ShouldBeFalse();
    }

    private LdsRegistration Registration(TimeSpan interval, CertificateValidator? validator = null) => new(new LdsRegistrationOptions
    {
        LdsUrl = _lds.Url,
        Identity = new FixedApplicationIdentity(_lds.Client.AsIdentity()),
        LdsCertificates = validator ?? TestPeer.Validator(_lds.Peer),
        ServerCapabilities = ["DA"],
        Interval = interval,
        FirstRetry = TimeSpan.FromMilliseconds(20),
    });

    private static ResponseHeader Good(IServiceRequest request) => new(DateTime.MinValue, request.Header.RequestHandle, StatusCodes.Good);

    private static ServiceFault Fault(IServiceRequest request, StatusCode status) => ServiceFault.Of(new UaException(status), request.Header.RequestHandle, DateTime.MinValue);
}
