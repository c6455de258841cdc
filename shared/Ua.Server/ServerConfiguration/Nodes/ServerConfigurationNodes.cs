using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>The well-known ServerConfiguration object: completes what a kill interrupted, then shows this server.</summary>
internal sealed class ServerConfigurationNodes(ConfigurationNodes nodes, ServerApplication server, ChangeJournal journal, PendingKeys pendingKeys, ApplicationSetup setup) : INodeSetContributor
{
    /// <summary>The configuration file is not kept by this server.</summary>
    private static readonly NodeId s_configurationFile = new(15892);

    private static readonly (string Name, NodeId Id)[] s_optionalGroups =
        [(CertificateGroupFacts.DefaultHttpsGroup, new NodeId(14088)), (CertificateGroupFacts.DefaultUserTokenGroup, new NodeId(14122))];

    public IEnumerable<NodeId> Claims => [ObjectIds.ServerConfiguration];

    public async ValueTask ContributeAsync(AddressSpace space, CancellationToken cancellationToken)
    {
        journal.Clean();
        pendingKeys.Clean();
        await journal.RecoverAsync(server, cancellationToken).ConfigureAwait(false);
        await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        await setup.OpenAsync(cancellationToken).ConfigureAwait(false);
        space.Remove(s_configurationFile);
        foreach (var (name, id) in s_optionalGroups)
            if (server.Groups.All(g => g.Facts.Name != name)) space.Remove(id);
        await nodes.AttachAsync(space.Get<ObjectNode>(ObjectIds.ServerConfiguration), server, cancellationToken).ConfigureAwait(false);
    }
}
