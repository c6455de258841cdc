using Ua.Client;
using Ua.Client.Tests.Kit;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Gds.Tests.ServerConfiguration;

/// <summary>A server with the standard nodes of push management, whose methods a test plays and whose members a test takes away.</summary>
internal sealed class ScriptedConfiguration : IAsyncDisposable
{
    private ScriptedConfiguration(OwnServer server, UaSession session)
    {
        Server = server;
        Session = session;
    }

    public OwnServer Server { get; }

    public UaSession Session { get; }

    public static async Task<ScriptedConfiguration> StartAsync()
    {
        var server = await OwnServer.StartAsync(claims: [ServerConfigurationIds.ServerConfiguration, ServerConfigurationIds.ManagedApplications]);
        foreach (var node in server.Space.Nodes) node.RolePermissions = null;
        return new(server, await UaSession.ConnectAsync(server.Options("Basic256Sha256", MessageSecurityMode.SignAndEncrypt), TestContext.Current.CancellationToken));
    }

    public Task<ServerConfigurationClient> OpenAsync() => ServerConfigurationClient.OpenAsync(Session, TestContext.Current.CancellationToken);

    /// <summary>Plays a method by the id of the instance.</summary>
    public void On(uint method, Func<Variant[], Variant[]> play)
    {
        var node = Server.Space.Get<MethodNode>(new NodeId(method));
        node.AccessDecidedByHandler = true;
        node.Handler = (call, _) => Task.FromResult(MethodResult.Good(play(call.Inputs)));
    }

    /// <summary>Adds an optional method that the standard instance does not have, and plays it.</summary>
    public void Add(string name, NodeId declaration, Argument[] inputs, Argument[] outputs, Func<Variant[], Variant[]> play)
    {
        var node = Server.Space.AddMethod(
            ServerConfigurationIds.ServerConfiguration, new NodeId(name, Server.NamespaceIndex), new QualifiedName(name), inputs, outputs, (call, _) => Task.FromResult(MethodResult.Good(play(call.Inputs))));
        node.Declaration = Server.Space.Get<MethodNode>(declaration);
        node.AccessDecidedByHandler = true;
    }

    public void Set(uint variable, Variant value) => Server.Space.Get<VariableNode>(new NodeId(variable)).SetValue(value, DateTime.UnixEpoch);

    public void Remove(uint node) => Server.Space.Remove(new NodeId(node)).ShouldBeTrue();

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Server.DisposeAsync();
    }
}
