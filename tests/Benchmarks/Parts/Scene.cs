using EndToEnd.Tests.Clients;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace Benchmarks.Parts;

/// <summary>What the parts measure on: a GDS as a process of its own, an administrator's session, and four applications with certificates of this GDS.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const int Lanes = 4;

    private readonly TestApplication _console = TestApplication.Create("bench-console");
    private int _registered;

    private Scene(string dataFolder, GdsAccount account, GdsProcess gds, int port) => (DataFolder, Account, Gds, Port) = (dataFolder, account, gds, port);

    public string DataFolder { get; }

    public GdsAccount Account { get; }

    public GdsProcess Gds { get; private set; }

    public int Port { get; }

    public string Url => Gds.EndpointUrl;

    public UaSession Administrator { get; private set; } = null!;

    public DirectoryClient Directory { get; private set; } = null!;

    public List<Member> Members { get; } = [];

    /// <summary>How many applications the directory holds.</summary>
    public int Registered => _registered;

    public static async Task<Scene> OpenAsync(string dataFolder)
    {
        var account = await GdsProcess.InitAsync(dataFolder, CancellationToken.None);
        var port = FreePort.Find();
        var scene = new Scene(dataFolder, account, await GdsProcess.StartAsync(dataFolder, port, CancellationToken.None), port);
        try
        {
            await scene.ConnectAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applications with certificates, each with a session of its own.</summary>
    public async Task EnrolMembersAsync()
    {
        for (var i = 0; i < Lanes; i++)
        {
            var application = TestApplication.Create($"member-{i}");
            var id = await application.EnrolAsync(Administrator, CancellationToken.None);
            _registered++;
            var session = await application.ConnectAsync(Url, CancellationToken.None);
            Members.Add(new Member(application, id, session, new DirectoryClient(session)));
        }
    }

    public async Task RegisterAsync()
    {
        var number = Interlocked.Increment(ref _registered);
        await Directory.RegisterApplicationAsync(TestApplication.RecordOf($"bench-{number}"), CancellationToken.None);
    }

    /// <summary>Ends the process and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await CloseSessionsAsync();
        await Gds.DisposeAsync();
        Gds = await GdsProcess.StartAsync(DataFolder, Port, CancellationToken.None);
        await ConnectAsync();
    }

    /// <summary>Ends the sessions and the process; the data stays.</summary>
    public async Task CloseAsync()
    {
        await CloseSessionsAsync();
        await Gds.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var member in Members) member.Application.Dispose();
        _console.Dispose();
    }

    private async Task ConnectAsync()
    {
        Administrator = await _console.ConnectAsync(Url, UserIdentity.Named(Account.Name, Account.Password), CancellationToken.None);
        Directory = new DirectoryClient(Administrator);
    }

    private async Task CloseSessionsAsync()
    {
        if (Administrator is not null) await Administrator.DisposeAsync();
        foreach (var member in Members) await member.Session.DisposeAsync();
    }
}

/// <summary>An application that is registered and holds a certificate, with its session.</summary>
internal sealed record Member(TestApplication Application, NodeId Id, UaSession Session, DirectoryClient Directory);
