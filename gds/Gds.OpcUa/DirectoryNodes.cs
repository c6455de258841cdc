using Gds.Core.Groups;
using Gds.OpcUa.Methods;
using Gds.OpcUa.TrustListFiles;
using Ua.Core;
using Ua.Gds;
using Ua.Gds.Nodes;
using Ua.Server.Hosting;
using Ua.Server.Nodes;

namespace Gds.OpcUa;

/// <summary>Loads the GDS namespace, takes out the instances behind which nothing stands, and attaches methods, trust lists and alarms.</summary>
internal sealed class DirectoryNodes(
    IEnumerable<IDirectoryMethod> methods, CertificateGroups groups, TrustListNodes trustLists, DirectoryAlarms alarms, GdsNamespace ns) : INodeSetContributor
{
    /// <summary>KeyCredentialManagement and AuthorizationServices with their administrators. Their types stay.</summary>
    private static readonly uint[] s_unserved = [1008, 959, GdsIds.KeyCredentialAdminRole, GdsIds.AuthorizationServiceAdminRole];

    private static readonly QualifiedName s_purpose = new("Purpose");
    private static readonly NodeId s_nodeId = new((uint)BuiltInType.NodeId);

    public async ValueTask ContributeAsync(AddressSpace space, CancellationToken cancellationToken)
    {
        space.Load(GdsNodeTable.Open());
        foreach (var id in s_unserved) space.Remove(ns.Node(id));
        foreach (var method in methods) Attach(space, method);
        AttachGroups(space);
        foreach (var group in groups.List()) await alarms.AttachAsync(group.Name, cancellationToken);
    }

    /// <summary>Who may call is decided by the core: the privileges of Part 12 are carried by no role.</summary>
    private void Attach(AddressSpace space, IDirectoryMethod method)
    {
        var node = space.Get<MethodNode>(ns.Node(method.Id));
        node.AccessDecidedByHandler = true;
        MethodHandler handler = method.CallAsync;
        node.Handler = handler.Answering();
    }

    private void AttachGroups(AddressSpace space)
    {
        var served = groups.List().ToDictionary(g => GroupNodes.IdsOf(g.Name));
        foreach (var ids in GroupIds.All)
        {
            if (!served.TryGetValue(ids, out var group))
            {
                space.Remove(ids.GroupNode(ns.Index));
                continue;
            }

            NodeId[] types = [.. group.TypeIds.Select(t => new NodeId(t))];
            space.Get<VariableNode>(ns.Node(ids.CertificateTypes)).SetValue(types, space.Created);
            var purpose = new VariableNode(AddressSpace.ChildId(ids.GroupNode(ns.Index), s_purpose), s_purpose) { DataType = s_nodeId };
            purpose.SetValue(new NodeId(group.Purpose), space.Created);
            space.AddProperty(ids.GroupNode(ns.Index), purpose);
            trustLists.Attach(space, group.Name, ids);
        }
    }
}
