using Ua.Client;
using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Gds.Nodes;
using Ua.Server.Nodes;

namespace Ua.Gds.Tests.Directory;

/// <summary>
/// A server with the nodes of the GDS namespace whose methods a test plays. The server checks the arguments against the
/// standard nodes before a method runs.
/// </summary>
internal sealed class ScriptedDirectory : IAsyncDisposable
{
    private ScriptedDirectory(OwnServer server, UaSession session)
    {
        Server = server;
        Session = session;
        Client = new DirectoryClient(session);
    }

    public OwnServer Server { get; }

    public UaSession Session { get; }

    public DirectoryClient Client { get; }

    public ushort NamespaceIndex => (ushort)Server.Space.Namespaces.IndexOf(GdsIds.NamespaceUri);

    public static async Task<ScriptedDirectory> StartAsync()
    {
        var server = await OwnServer.StartAsync(space => space.Load(GdsNodeTable.Open()));
        return new(server, await UaSession.ConnectAsync(server.Options("Basic256Sha256", MessageSecurityMode.SignAndEncrypt), TestContext.Current.CancellationToken));
    }

    /// <summary>Plays a method of the GDS namespace.</summary>
    public void On(uint method, Func<Variant[], Variant[]> play)
    {
        var node = Server.Space.Get<MethodNode>(new NodeId(method, NamespaceIndex));
        node.AccessDecidedByHandler = true;
        node.Handler = (call, _) => Task.FromResult(MethodResult.Good(play(call.Inputs)));
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Server.DisposeAsync();
    }
}
