using Benchmarks.Measuring;
using Benchmarks.Parts;
using EndToEnd.Tests.Clients;
using Pki;
using Ua.Core;
using Ua.Gds;

namespace Benchmarks.Fleet;

/// <summary>A GDS of its own with a fleet that is registered and certified, and some more applications whose certificates are there to be revoked.</summary>
internal sealed class FleetScene : IAsyncDisposable
{
    /// <summary>Keys are shared: making a thousand would take longer than the measurement. Certificates are not.</summary>
    private const int Keys = 8;

    private readonly List<TestApplication> _applications = [];
    private readonly List<FleetAgent> _agents = [];
    private readonly Queue<(NodeId Id, ApplicationCertificate Certificate)> _victims = [];

    private FleetScene(Scene scene) => Scene = scene;

    public Scene Scene { get; }

    public IReadOnlyList<FleetAgent> Agents => _agents;

    public TestApplication First => _applications[0];

    /// <summary>How fast the fleet was registered and certified, and the processor time of the GDS for each.</summary>
    public (Rate Rate, TimeSpan ServerEach) Enrolled { get; private set; }

    public static async Task<FleetScene> OpenAsync(string dataFolder, int agents, int victims)
    {
        var fleet = new FleetScene(await Scene.OpenAsync(dataFolder));
        try
        {
            await fleet.EnrolAsync(agents, victims);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Revokes the certificate of one that is not in the fleet.</summary>
    /// <param name="before">Told which, before it happens.</param>
    public async Task RevokeAsync(Action<ApplicationCertificate> before)
    {
        var (id, certificate) = _victims.Dequeue();
        before(certificate);
        await Scene.Directory.RevokeCertificateAsync(id, certificate.Der);
    }

    public async ValueTask DisposeAsync()
    {
        await Parallel.ForEachAsync(_agents, async (agent, _) => await agent.DisposeAsync());
        await Scene.DisposeAsync();
        foreach (var application in _applications) application.Dispose();
    }

    private async Task EnrolAsync(int agents, int victims)
    {
        var keys = Enumerable.Range(0, Keys).Select(_ => KeyPair.Create(KeyPairKind.Rsa2048)).ToArray();
        for (var i = 0; i < agents + victims; i++) _applications.Add(TestApplication.With($"fleet-{i}", keys[i % Keys]));
        var ids = new NodeId[_applications.Count];
        Enrolled = await Scene.Gds.DuringAsync(() => Rate.OfAsync(_applications.Count, 2 * Scene.Lanes, async (_, i) =>
            ids[i] = await _applications[i].EnrolAsync(Scene.Administrator, CancellationToken.None)));

        var list = await Scene.Directory.GetTrustListAsync(ids[0], NodeId.Null);
        var lastUpdateTime = await new TrustListFile(Scene.Administrator, list).FindLastUpdateTimeAsync();
        _agents.AddRange(_applications.Take(agents).Select(a => new FleetAgent(a, list, lastUpdateTime)));
        for (var i = agents; i < _applications.Count; i++) _victims.Enqueue((ids[i], _applications[i].Certificate.Certificate));
    }
}
