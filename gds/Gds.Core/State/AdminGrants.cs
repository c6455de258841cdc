using System.Collections.Immutable;

namespace Gds.Core.State;

/// <summary>Which applications hold the ApplicationAdmin privilege for which others.</summary>
internal sealed record AdminGrants
{
    public static AdminGrants Empty { get; } = new();

    private ImmutableDictionary<Guid, ImmutableHashSet<Guid>> ByClient { get; init; } = ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty;

    public bool Has(Guid clientId, Guid managedId) => Of(clientId).Contains(managedId);

    public ImmutableHashSet<Guid> Of(Guid clientId) => ByClient.GetValueOrDefault(clientId) ?? [];

    public AdminGrants With(Guid clientId, Guid managedId) => new() { ByClient = ByClient.SetItem(clientId, Of(clientId).Add(managedId)) };

    public AdminGrants Without(Guid clientId, Guid managedId) => new() { ByClient = ByClient.SetItem(clientId, Of(clientId).Remove(managedId)) };

    /// <summary>Forgets an application that is gone, on either side.</summary>
    public AdminGrants WithoutApplication(Guid id)
    {
        var rest = ByClient.Remove(id);
        foreach (var (client, managed) in rest)
        {
            if (managed.Contains(id)) rest = rest.SetItem(client, managed.Remove(id));
        }
        return new() { ByClient = rest };
    }
}
