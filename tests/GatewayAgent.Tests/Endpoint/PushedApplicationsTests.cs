using System.Threading.Channels;
using GatewayAgent.Configuration;
using GatewayAgent.Endpoint;
using GatewayAgent.Gds;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using GatewayAgent.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.ServerConfiguration;
using Ua.Server.Sessions;

namespace GatewayAgent.Tests.Endpoint;

public class PushedApplicationsTests
{
    [Fact]
    public async Task A_gateway_that_cannot_be_shown_keeps_no_other_one_back_and_is_tried_again()
    {
        using var gateway = new Gateway();
        var data = new DataFolder(gateway.Temp.File("agent"));
        Directory.CreateDirectory(data.Root);
        AgentConfiguration configuration = new() { Applications = [Application(gateway, "first"), Application(gateway, "second")] };
        await File.WriteAllTextAsync(data.ConfigurationFile, ConfigurationFile.Write(configuration), TestContext.Current.CancellationToken);
        var time = new FakeTimeProvider();
        using var state = new StateStore(data);
        using var fleet = new Fleet(data, state, time, NullLoggerFactory.Instance);
        using var own = new OwnIdentity(data, time, NullLoggerFactory.Instance);
        var roles = new AgentRoles();
        var self = new AgentItself(fleet, state, own, gateway.Install, roles, NullLogger<AgentItself>.Instance);
        await using var server = new ServiceCollection().AddLogging().AddUaServer(Describe).BuildServiceProvider();
        var shown = new OnceRefused("first");
        using var pushed = new PushedApplications(fleet, state, gateway.Install, roles, self, shown, server.GetRequiredService<UaServerSessions>(), time, NullLogger<PushedApplications>.Instance);

        await pushed.StartAsync(TestContext.Current.CancellationToken);
        (await shown.NextAsync()).ShouldBe("second");
        string? again = null;
        for (var round = 0; again is null && round < 600; round++)
        {
            time.Advance(TimeSpan.FromMinutes(2)); // the wait may begin only after the second one was shown
            again = await shown.TryNextAsync();
        }

        again.ShouldBe("first");
        await pushed.StopAsync(TestContext.Current.CancellationToken);
    }

    private static void Describe(UaServerOptions server)
    {
        (server.ApplicationName, server.ApplicationUri, server.ProductUri) = ("Agent", "urn:plant:agent", "urn:vendor");
        server.Endpoints.Add(new UaEndpointOptions { Url = "opc.tcp://localhost:0" });
    }

    private static ApplicationConfiguration Application(Gateway gateway, string name) => new()
    {
        Name = name,
        ApplicationUri = $"urn:plant:{name}",
        DiscoveryUrls = ["opc.tcp://localhost:4840"],
        Preset = "spec-annex-f",
        Root = gateway.Temp.File(name),
    };

    private sealed class OnceRefused(string name) : IManagedApplications
    {
        private readonly Channel<string> _shown = Channel.CreateUnbounded<string>();
        private bool _refused;

        public Task<NodeId> AddAsync(string browseName, IConfiguredApplication application, CancellationToken cancellationToken)
        {
            if (browseName == name && !_refused)
            {
                _refused = true;
                throw new UaException(StatusCodes.BadBrowseNameDuplicated, "There is one of that name.");
            }

            _shown.Writer.TryWrite(browseName);
            return Task.FromResult(NodeId.Null);
        }

        public bool Remove(IConfiguredApplication application) => false;

        public async Task<string> NextAsync() => await _shown.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        /// <summary>Null where nothing more was shown for a moment.</summary>
        public async Task<string?> TryNextAsync()
        {
            using var moment = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            moment.CancelAfter(TimeSpan.FromMilliseconds(100));
            try
            {
                return await _shown.Reader.ReadAsync(moment.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }
}
