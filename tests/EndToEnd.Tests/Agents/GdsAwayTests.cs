namespace EndToEnd.Tests.Agents;

/// <summary>A GDS that is away must not hurt anybody.</summary>
[Collection(AgentCollection.Name)]
public class GdsAwayTests(AgentPlant plant)
{
    [Fact]
    public async Task Gateways_keep_what_they_have_lost_files_come_back_and_the_agent_catches_up()
    {
        var agent = plant.Agent("away");
        (await agent.EnrolAsync()).ExitCode.ShouldBe(0);
        agent.Configure(c => (c["retryInterval"], c["longestRetryInterval"], c["refreshInterval"]) = ("00:00:01", "00:00:02", "00:00:01"));
        await plant.StopGdsAsync();
        foreach (var crl in Directory.GetFiles(Path.Combine(agent.TrustFolder, "trusted", "crl"))) File.Delete(crl);

        var away = await agent.SyncAsync();
        away.ExitCode.ShouldBe(5, away.Said);
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        var gds = (await agent.StatusAsync()).GetProperty("gds");
        gds.GetProperty("lastError").GetString()!.ShouldContain("does not answer");
        gds.GetProperty("failuresInARow").GetInt32().ShouldBe(1);

        await using var running = await agent.StartReadyAsync();
        await AgentSteps.UntilAsync(async () => (await agent.StatusAsync()).GetProperty("gds").GetProperty("failuresInARow").GetInt32() >= 3, "the running agent tries again and says so");
        await plant.StartGdsAsync();
        await AgentSteps.UntilAsync(async () => (await agent.StatusAsync()).GetProperty("gds").GetProperty("failuresInARow").GetInt32() == 0, "the running agent meets the GDS again");
        (await agent.GatewayAsync()).GetProperty("state").GetString().ShouldBe("InSync");
    }
}
