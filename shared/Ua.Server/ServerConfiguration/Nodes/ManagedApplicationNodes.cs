using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>The objects below ManagedApplications, which come and go (Part 12, 7.10.16).</summary>
internal sealed class ManagedApplicationNodes(AddressSpace space, ConfigurationNodes nodes, ChangeJournal journal) : IManagedApplications, INodeSetContributor, IDisposable
{
    private const ushort OwnNamespace = 1;

    private static readonly NodeId s_folder = new(16706);
    private static readonly NodeId s_applicationConfigurationType = new(25731);

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<IConfiguredApplication, ConfigurationAttachment> _shown = [];

    public IEnumerable<NodeId> Claims => [s_folder];

    public ValueTask ContributeAsync(AddressSpace addressSpace, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async Task<NodeId> AddAsync(string name, IConfiguredApplication application, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(application);
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var id = new NodeId($"ManagedApplications/{name}", OwnNamespace);
            CheckNew(id, name, application);
            await journal.RecoverAsync(application, cancellationToken).ConfigureAwait(false);
            var node = space.AddInstance(
                s_folder, id, new QualifiedName(name, OwnNamespace), s_applicationConfigurationType, ReferenceTypeIds.Organizes, ConfigurationNodes.MembersOf(application));
            try
            {
                var attachment = await nodes.AttachAsync(node, application, cancellationToken).ConfigureAwait(false);
                lock (_gate) _shown.Add(application, attachment);
            }
            catch
            {
                space.Remove(id);
                throw;
            }

            return id;
        }
        finally
        {
            _changing.Release();
        }
    }

    public bool Remove(IConfiguredApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        ConfigurationAttachment? attachment;
        lock (_gate)
        {
            if (!_shown.Remove(application, out attachment)) return false;
        }

        nodes.Detach(attachment);
        foreach (var group in attachment.Groups) space.Remove(group.Shown.Id);
        return space.Remove(attachment.Shown.Id);
    }

    public void Dispose() => _changing.Dispose();

    private void CheckNew(NodeId id, string name, IConfiguredApplication application)
    {
        lock (_gate)
        {
            if (space.Find(id) is not null || _shown.Keys.Any(a => a.Key == application.Key))
                throw new UaException(StatusCodes.BadBrowseNameDuplicated, $"There is a managed application of the name '{name}' or the key '{application.Key}' already.");
        }
    }
}
