using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Conditions;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.TrustListFiles;

namespace Ua.Server.ServerConfiguration;

/// <summary>Brings one certificate group to life: its variables, its trust list, its alarms.</summary>
internal sealed class CertificateGroupNodes(
    AddressSpace space, TrustListHandles handles, TransactionDesk desk, CertificateReview review, ConfigurationAudit audit, ChannelRenewal renewal,
    CertificateGroupAlarms alarms, TimeProvider time, ILogger<CertificateGroupNodes> log)
{
    public const string TrustList = "TrustList";

    /// <summary>Gives the object of the group its work, and what is to be disposed of when the group goes.</summary>
    public async Task<GroupAttachment> AttachAsync(IConfiguredApplication application, ICertificateGroup group, ObjectNode node, ushort ownNamespace, CancellationToken cancellationToken)
    {
        space.AddOptionalMembers(node, ownNamespace, static name => name is "Purpose" or "GetRejectedList");
        var list = Child<ObjectNode>(node, TrustList);
        space.AddOptionalMembers(list, ownNamespace, name => name == "ActivityTimeout" || (name == "UpdateFrequency" && group.Facts.UpdateFrequency is not null));
        ConfigurationRights.Guard(node, AccessRestrictions.SigningRequired);

        var shown = new GroupObject(application, group, node.Id, list.Id);
        Child<VariableNode>(node, "CertificateTypes").SetValue(group.Facts.CertificateTypes.ToArray(), space.Created);
        Child<VariableNode>(node, "Purpose").SetValue(group.Facts.Purpose, space.Created);
        Child<VariableNode>(list, "ActivityTimeout").SetValue(handles.Limits.ActivityTimeout.TotalMilliseconds, space.Created);
        if (group.Facts.UpdateFrequency is { } frequency) Child<VariableNode>(list, "UpdateFrequency").SetValue(frequency.TotalMilliseconds, space.Created);
        Child<VariableNode>(list, "Writable").SetValue(true, space.Created);
        Child<VariableNode>(list, "UserWritable").ValueSource = static context => new DataValue(context.Caller.Roles.Contains(WellKnownRoles.SecurityAdmin));
        new TrustListFileMethods(list.Id, new GroupTrustList(shown, desk, review, audit, renewal), handles).Attach(space);

        var attachment = new GroupAttachment(shown, Child<VariableNode>(list, "LastUpdateTime"), log);
        await attachment.RefreshAsync(cancellationToken).ConfigureAwait(false);
        attachment.Alarms = await alarms.AttachAsync(node.Id, new GroupAlarmFacts(group, time), options: null, cancellationToken).ConfigureAwait(false);
        return attachment;
    }

    /// <summary>Takes the group out of use; the nodes are for the caller to remove.</summary>
    public void Detach(GroupAttachment attachment)
    {
        attachment.Dispose();
        handles.CloseAll(attachment.Shown.TrustList);
        alarms.Detach(attachment.Shown.Id);
    }

    private static T Child<T>(Node node, string name)
        where T : Node => node.Child(new QualifiedName(name)) as T ?? throw new UaException(StatusCodes.BadInternalError, $"{node} has no {name}.");
}

/// <summary>A group that is shown, kept in step with what it stands for.</summary>
internal sealed class GroupAttachment : IDisposable
{
    private readonly VariableNode _lastUpdate;
    private readonly ILogger _log;

    public GroupAttachment(GroupObject shown, VariableNode lastUpdate, ILogger log)
    {
        (Shown, _lastUpdate, _log) = (shown, lastUpdate, log);
        shown.Group.Changed += Changed;
    }

    public GroupObject Shown { get; }

    public GroupAlarms? Alarms { get; set; }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var updated = DateTime.SpecifyKind((await Shown.Group.ReadAsync(cancellationToken).ConfigureAwait(false)).LastUpdateTime, DateTimeKind.Utc);
            _lastUpdate.SetValue(updated, updated);
        }
        catch (Exception e) when (ChangeExecution.IsExpected(e))
        {
            Log.GroupNotRead(_log, e, Shown.Application.Key, Shown.Name);
            _lastUpdate.SetValue(new DataValue(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)));
        }
    }

    public void Dispose() => Shown.Group.Changed -= Changed;

    private void Changed()
    {
        _ = RefreshAsync(CancellationToken.None);
        Alarms?.Changed();
    }
}
