using System.Collections.Concurrent;
using Gds.Core;
using Gds.Core.TrustLists;
using Gds.OpcUa.Identity;
using Microsoft.Extensions.Options;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Events;
using Ua.Server.Nodes;
using Ua.Server.TrustListFiles;

namespace Gds.OpcUa.TrustListFiles;

/// <summary>Brings the TrustList objects of the Directory's groups to life (Part 12, 7.8.2).</summary>
internal sealed class TrustListNodes(
    GroupTrustLists lists, TrustListBytes bytes, TrustListHandles handles,
    Callers callers, AuditEvents events, IOptions<GdsCoreOptions> options, GdsNamespace ns)
{
    private static readonly NodeId s_duration = new(290);

    private readonly ConcurrentDictionary<string, VariableNode> _lastUpdates = new(StringComparer.Ordinal);

    public void Attach(AddressSpace space, string group, GroupIds ids)
    {
        var node = ids.TrustListNode(ns.Index);
        var file = new GroupTrustListFile(group, node, lists, bytes, callers, events);
        new TrustListFileMethods(node, file, handles).Attach(space, accessDecidedByFile: true, static handler => handler.Answering());
        Variable(space, ids.Methods.Writable).SetValue(false, space.Created);
        Variable(space, ids.Methods.UserWritable).SetValue(false, space.Created);
        AddDuration(space, node, "UpdateFrequency", TimeSpan.FromMinutes(options.Value.TrustListUpdateMinutes));
        AddDuration(space, node, "ActivityTimeout", handles.Limits.ActivityTimeout);
        var lastUpdate = Variable(space, ids.Methods.LastUpdateTime);
        _lastUpdates[group] = lastUpdate;
        Show(lastUpdate, lists.Peek(group).LastUpdateTime);
    }

    /// <summary>Announces the new LastUpdateTime to whoever watches it.</summary>
    public void Changed(TrustListChanged changed)
    {
        if (_lastUpdates.TryGetValue(changed.Group, out var lastUpdate)) Show(lastUpdate, changed.LastUpdateTime);
    }

    private VariableNode Variable(AddressSpace space, uint id) => space.Get<VariableNode>(ns.Node(id));

    private static void AddDuration(AddressSpace space, NodeId parent, string name, TimeSpan value)
    {
        var browseName = new QualifiedName(name);
        var property = new VariableNode(AddressSpace.ChildId(parent, browseName), browseName) { DataType = s_duration };
        property.SetValue(value.TotalMilliseconds, space.Created);
        space.AddProperty(parent, property);
    }

    private static void Show(VariableNode lastUpdate, DateTime time) => lastUpdate.SetValue(DateTime.SpecifyKind(time, DateTimeKind.Utc), time);
}
