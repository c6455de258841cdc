namespace EndToEnd.Tests.Agents;

/// <summary>
/// Agents that renew without pause are killed at any instant. Whatever they leave, the gateway that reads its folder just then
/// finds a certificate with its key and lists by which it holds; and the next agent goes on without losing a request.
/// </summary>
[Collection(AgentCollection.Name)]
public class KilledAgentTests(AgentPlant plant)
{
    /// <summary>What the agent writes when it has put a certificate in place: from then on it is in its loop.</summary>
    private const string FirstRenewal = "info: GatewayAgent.Refresh.FolderInstall[11]";
    private const int Lanes = 5;
    private const int KillsPerLane = 10;

    [Fact]
    public async Task A_killed_agent_leaves_a_folder_that_holds_fifty_times()
    {
        var renewals = await Task.WhenAll(Enumerable.Range(1, Lanes).Select(KillAsync));
        renewals.Sum().ShouldBeGreaterThan(Lanes * KillsPerLane / 2, "the agents must have been killed at work");
        var lanes = Enumerable.Range(1, Lanes).Select(lane => plant.Agent($"lane{lane}").ApplicationUri).ToList(); // other tests of the plant leave requests on purpose
        (await plant.GdsAsync("request", "list")).EnumerateArray()
            .Where(r => r.GetProperty("state").GetString() is "New" or "Approved" && lanes.Contains(r.GetProperty("applicationUri").GetString()!))
            .ShouldBeEmpty("no request is stuck");
    }

    /// <summary>Gives how often the gateway's certificate was another one after a kill.</summary>
    private async Task<int> KillAsync(int lane)
    {
        var agent = plant.Agent($"lane{lane}");
        var enrolled = await agent.EnrolAsync();
        enrolled.ExitCode.ShouldBe(0, enrolled.Said);
        agent.Configure(c =>
        {
            (c["refreshInterval"], c["jitter"], c["finishInterval"]) = ("00:00:01", 0, "00:00:00.1");
            c["renewAfter"] = 0.000001;
        });
        var random = new Random(lane);
        var renewals = 0;
        var last = (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint;
        for (var kill = 0; kill < KillsPerLane; kill++)
        {
            await using (var running = agent.Start())
            {
                await running.WaitForLineAsync(FirstRenewal, TimeSpan.FromMinutes(2), CancellationToken.None);
                await Task.Delay(random.Next(0, 2_000), CancellationToken.None);
                await running.KillAsync();
            }

            var now = (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri)).Thumbprint;
            if (now != last) renewals++;
            last = now;
            if (kill % 3 == lane % 3) await RevokeAnOldOneAsync(agent, now);
        }

        agent.Configure(c => c["renewAfter"] = 0.6);
        var settled = await agent.SyncAsync();
        settled.ExitCode.ShouldBe(0, settled.Said);
        (await agent.GatewayAsync()).GetProperty("pendingRequest").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.ApplicationUri);
        await FolderJudge.ExpectOpenSslAsync(agent.TrustFolder);
        return renewals;
    }

    /// <summary>A new revocation list, so that the next cycle swaps the trust list too.</summary>
    private async Task RevokeAnOldOneAsync(TestAgent agent, string inForce)
    {
        var old = (await plant.GdsAsync("cert", "list", "--application", agent.ApplicationUri)).EnumerateArray()
            .Where(c => c.GetProperty("thumbprint").GetString() is { } t && !string.Equals(t, inForce, StringComparison.OrdinalIgnoreCase))
            .OrderBy(c => c.GetProperty("notBefore").GetDateTimeOffset()).Select(c => c.GetProperty("thumbprint").GetString()!).FirstOrDefault();
        if (old is not null) await plant.Gds.CommandAsync(CancellationToken.None, "cert", "revoke", old);
    }
}
