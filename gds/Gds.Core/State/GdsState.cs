using System.Collections.Immutable;

namespace Gds.Core.State;

/// <summary>Everything that hot reads are answered from; immutable, swapped as a whole after each commit.</summary>
internal sealed record GdsState
{
    public const string DefaultGroup = "DefaultApplicationGroup";

    public static GdsState Empty { get; } = new();

    public DirectorySnapshot Directory { get; init; } = DirectorySnapshot.Empty;
    public CertificateIndex Certificates { get; init; } = CertificateIndex.Empty;
    public AdminGrants Grants { get; init; } = AdminGrants.Empty;
    public ImmutableSortedDictionary<int, GroupState> Groups { get; init; } = ImmutableSortedDictionary<int, GroupState>.Empty;
    public RequestIndex Requests { get; init; } = RequestIndex.Empty;
    public SyncIndex Sync { get; init; } = SyncIndex.Empty;
    public InboxIndex Inbox { get; init; } = InboxIndex.Empty;
    public uint LastRecordId { get; init; }
    public DateTime CounterResetAt { get; init; }

    public GroupState? Group(string name) => Groups.Values.FirstOrDefault(g => string.Equals(g.Name, name, StringComparison.Ordinal));

    /// <summary>The group of that name, the default one for null; otherwise InvalidArgument, as every method of Part 12, 7.9 wants it.</summary>
    public GroupState DemandGroup(string? name)
        => Group(name ?? DefaultGroup) ?? throw GdsProblem.Invalid($"CertificateGroupId: there is no group '{name ?? DefaultGroup}'.");

    public GdsState With(GroupState group) => this with { Groups = Groups.SetItem(group.Id, group) };
}

/// <summary>Holds the present state; only the write gate replaces it.</summary>
internal sealed class LiveState
{
    private GdsState _current = GdsState.Empty;

    public GdsState Current => Volatile.Read(ref _current);

    public void Publish(GdsState state) => Volatile.Write(ref _current, state);
}
