using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Conditions;

/// <summary>Gives certificate groups their alarms CertificateExpired and TrustListOutOfDate (Part 12, 7.8.3.1).</summary>
public sealed class CertificateGroupAlarms : IDisposable
{
    /// <summary>The server's own namespace: the standard ones have no ids for these instances.</summary>
    private const ushort OwnNamespace = 1;

    private static readonly QualifiedName s_trustList = new("TrustList");
    private static readonly QualifiedName s_lastUpdateTime = new("LastUpdateTime");

    private readonly AddressSpace _space;
    private readonly ConditionRegister _conditions;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<NodeId, GroupAlarms> _groups = [];

    internal CertificateGroupAlarms(AddressSpace space, ConditionRegister conditions, TimeProvider time, ILogger<CertificateGroupAlarms> log) =>
        (_space, _conditions, _time, _log) = (space, conditions, time, log);

    /// <summary>
    /// Adds both alarms to a group, which may be any object of CertificateGroupType, and judges them for the first time. Facts that cannot
    /// be had make their quality bad, and are asked for again.
    /// </summary>
    /// <param name="group">The group; it becomes an event notifier below the Server object.</param>
    /// <param name="facts">What is known of the group. Whoever changes it calls <see cref="GroupAlarms.Changed"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading of what was kept of the alarms.</param>
    /// <exception cref="UaException">Bad_NodeIdUnknown or Bad_NodeClassInvalid (group), Bad_NodeIdExists (it has its alarms).</exception>
    public async Task<GroupAlarms> AttachAsync(
        NodeId group, ICertificateGroupFacts facts, CertificateGroupAlarmOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        options ??= new CertificateGroupAlarmOptions();
        var node = _space.Get<ObjectNode>(group);
        var trustList = options.TrustList ?? node.Child(s_trustList)?.Id ?? NodeId.Null;
        var lastUpdate = _space.Find(trustList)?.Child(s_lastUpdateTime)?.Id ?? NodeId.Null;
        var expired = await _conditions.AddAsync(
            Definition("CertificateExpired", ConditionIds.CertificateExpirationAlarm, NodeId.Null, "ExpirationLimit"), cancellationToken).ConfigureAwait(false);
        var outOfDate = await _conditions.AddAsync(
            Definition("TrustListOutOfDate", ConditionIds.TrustListOutOfDateAlarm, lastUpdate), cancellationToken).ConfigureAwait(false);
        var alarms = _groups[group] = new GroupAlarms(group, facts, options, trustList, expired, outOfDate, _time, _log);
        await alarms.StartAsync().ConfigureAwait(false);
        return alarms;

        ConditionDefinition Definition(string name, NodeId type, NodeId input, params string[] optional) =>
            new(ConditionId(group, name), type, name, group, node.BrowseName.Name ?? "", input) { Optional = optional, Roles = options.Roles };
    }

    /// <summary>The alarms of a group; null where it has none.</summary>
    public GroupAlarms? Find(NodeId group) => _groups.GetValueOrDefault(group);

    /// <summary>Takes the alarms of a group out, such as before the group itself goes.</summary>
    public void Detach(NodeId group)
    {
        if (!_groups.TryRemove(group, out var alarms)) return;
        alarms.Dispose();
        _conditions.Remove(alarms.CertificateExpired.Id);
        _conditions.Remove(alarms.TrustListOutOfDate.Id);
    }

    public void Dispose()
    {
        foreach (var alarms in _groups.Values) alarms.Dispose();
    }

    /// <summary>The same after every restart, as long as the id of the group is. No semicolon: clients that take ids apart as text stumble over it.</summary>
    public static NodeId ConditionId(NodeId group, string name)
    {
        var identifier = group.Identifier is byte[] opaque ? Convert.ToHexString(opaque) : $"{group.Identifier}";
        return new NodeId($"{group.NamespaceIndex}/{identifier}/{name}", OwnNamespace);
    }
}
