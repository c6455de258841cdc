using System.Collections.Immutable;
using Gds.Store;

namespace Gds.Core.State;

/// <summary>The last report about a member of a group that said something new.</summary>
internal sealed record MemberEntry(
    Guid ApplicationId,
    int GroupId,
    SyncOutcome Outcome,
    string? CertificateThumbprint,
    DateTime? CertificateEndsAt,
    DateTime? TrustListUpdatedAt,
    DateTime? VerifiedAt,
    string? Text,
    string ReportedBy,
    DateTime ReportedAt,
    DateTime OutcomeSince,
    DateTime? OutSince,
    DateTime? OverdueAt)
{
    public static MemberEntry Of(MemberReport r) => new(
        r.ApplicationId, r.GroupId, r.Outcome, r.CertificateThumbprint, r.CertificateEndsAt, r.TrustListUpdatedAt, r.VerifiedAt,
        r.Text, r.ReportedBy, r.ReportedAt, r.OutcomeSince, r.OutSince, r.OverdueAt);
}

/// <summary>What is known of the members of all groups; nothing for one that never reported.</summary>
internal sealed record SyncIndex
{
    public static SyncIndex Empty { get; } = new();

    private ImmutableDictionary<(Guid Application, int Group), MemberEntry> Entries { get; init; } =
        ImmutableDictionary<(Guid Application, int Group), MemberEntry>.Empty;

    public IEnumerable<MemberEntry> All => Entries.Values;

    public MemberEntry? Find(Guid applicationId, int groupId) => Entries.GetValueOrDefault((applicationId, groupId));

    public static SyncIndex Of(IEnumerable<MemberEntry> entries) => new() { Entries = entries.ToImmutableDictionary(e => (e.ApplicationId, e.GroupId)) };

    public SyncIndex With(MemberEntry entry) => new() { Entries = Entries.SetItem((entry.ApplicationId, entry.GroupId), entry) };

    public SyncIndex WithoutApplication(Guid id) => new() { Entries = Entries.RemoveRange(Entries.Keys.Where(k => k.Application == id)) };
}
