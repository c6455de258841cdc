using System.Collections.Immutable;
using Ua.Core;

namespace Ua.Server.ServerConfiguration;

/// <summary>A certificate group as an object of the address space.</summary>
internal sealed class GroupObject(IConfiguredApplication application, ICertificateGroup group, NodeId id, NodeId trustList)
{
    public IConfiguredApplication Application { get; } = application;

    public ICertificateGroup Group { get; } = group;

    public NodeId Id { get; } = id;

    public NodeId TrustList { get; } = trustList;

    public string Name => Group.Facts.Name;
}

/// <summary>What a session has asked for and not applied yet (Part 12, 7.10.2). Immutable: a method that fails leaves the one before.</summary>
internal sealed record Transaction(NodeId Session, DateTime StartTime)
{
    public ImmutableDictionary<GroupObject, CertificateGroupChange> Changes { get; private init; } = ImmutableDictionary<GroupObject, CertificateGroupChange>.Empty;

    public CertificateGroupChange Of(GroupObject group) => Changes.GetValueOrDefault(group) ?? new CertificateGroupChange();

    public Transaction With(GroupObject group, TrustListSet list) => this with { Changes = Changes.SetItem(group, Of(group) with { TrustList = list }) };

    /// <summary>A later change of a slot takes the place of an earlier one.</summary>
    public Transaction With(GroupObject group, SlotChange slot)
    {
        var change = Of(group);
        return this with { Changes = Changes.SetItem(group, change with { Slots = [.. change.Slots.Where(s => s.Type != slot.Type), slot] }) };
    }

    public Transaction Without(IConfiguredApplication application) =>
        this with { Changes = Changes.RemoveRange(Changes.Keys.Where(g => g.Application == application)) };

    /// <summary>The trust list of a group as it will be.</summary>
    public TrustListSet ListOf(GroupObject group, CertificateGroupState state) => Of(group).TrustList ?? state.Lists.ToSet();

    /// <summary>The certificate in a slot as it will be; null for an empty slot.</summary>
    public CertificateSlot? SlotOf(GroupObject group, NodeId type, CertificateGroupState state)
    {
        if (Of(group).Slots.FirstOrDefault(s => s.Type == type) is not { } changed) return state.Slots.FirstOrDefault(s => s.Type == type);
        return changed.Own is { } own ? new CertificateSlot(type, own.Certificate, own.Key) : null;
    }
}
