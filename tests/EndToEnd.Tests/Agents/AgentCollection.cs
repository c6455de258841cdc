namespace EndToEnd.Tests.Agents;

/// <summary>The tests of agents share one GDS, one after the other: one of them stops it for a while.</summary>
[CollectionDefinition(Name)]
public class AgentCollection : ICollectionFixture<AgentPlant>
{
    public const string Name = "agents";
}
