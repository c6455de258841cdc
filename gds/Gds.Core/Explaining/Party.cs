using Gds.Core.Applications;
using Gds.Core.State;
using Gds.Core.Sync;
using Gds.Store;
using Pki;
using Ua.Security.Certificates;

namespace Gds.Core.Explaining;

/// <summary>One of the two with all that counts for a connection.</summary>
internal sealed record Party
{
    /// <summary>Null for one that was unregistered.</summary>
    public ApplicationRecord? Record { get; init; }

    public required string ApplicationUri { get; init; }
    public IReadOnlyList<GroupState> Groups { get; init; } = [];

    /// <summary>How it stands in each of its groups.</summary>
    public IReadOnlyList<MemberSync> Sync { get; init; } = [];

    /// <summary>The certificate that it uses, as far as is known; null where it has none.</summary>
    public ApplicationCertificate? Certificate { get; init; }

    public ExplainedCertificate? Row { get; init; }

    /// <summary>What is wrong with it whoever it connects to.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    public bool IsClient => Record?.ApplicationType is ApplicationType.Client or ApplicationType.ClientAndServer;

    public bool IsServer => Record is { ApplicationType: not ApplicationType.Client };

    public string Name => Record?.DefaultName ?? ApplicationUri;

    public ExplainedParty View() => new(Record?.Id, ApplicationUri, Record?.DefaultName, Record?.ApplicationType, [.. Groups.Select(g => g.Name)], Row);
}
