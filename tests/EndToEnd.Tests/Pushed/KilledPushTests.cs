using EndToEnd.Tests.Agents;
using EndToEnd.Tests.Kill;
using Pki;
using Ua.Client;
using Ua.Core;

namespace EndToEnd.Tests.Pushed;

/// <summary>
/// Agents are killed at any instant while a list and a certificate are pushed to their gateway. Whatever they leave, the gateway
/// that reads its folder just then finds a certificate with its key and lists by which it holds; and nothing waits for ever.
/// </summary>
public class KilledPushTests
{
    private const int Lanes = 3;
    private const int KillsPerLane = 10;

    [Fact]
    public async Task An_agent_killed_in_an_update_of_a_managed_application_leaves_a_folder_that_holds_thirty_times()
    {
        var changed = await Task.WhenAll(Enumerable.Range(1, Lanes).Select(KillAsync));
        changed.Sum().ShouldBeGreaterThan(Lanes * KillsPerLane / 3, "the agents must have been killed at work");
    }

    /// <summary>Gives how often the gateway's certificate was another one after a kill.</summary>
    private static async Task<int> KillAsync(int lane)
    {
        using var agent = await PushedAgent.CreateAsync($"lane{lane}");
        var random = new Random(lane);
        ApplicationCertificate? last = null;
        var push = TimeSpan.Zero;
        var changed = 0;
        for (var kill = 0; kill < KillsPerLane; kill++)
        {
            await using var running = await agent.StartReadyAsync();
            await using var session = await agent.ConnectAsync();
            var gateway = await agent.GatewayAsync(session);
            var started = TimeProvider.System.GetTimestamp();
            last ??= await gateway.PushAsync(agent.Authority, agent.GatewayUri, CancellationToken.None);
            if (push == TimeSpan.Zero) push = TimeProvider.System.GetElapsedTime(started);
            var once = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var pushing = PushUntilCutAsync();
            if (kill % 2 == 1) await Task.WhenAny(once.Task, pushing); // however slow the machine is, half of the kills hit a later push than the first
            await Task.Delay(push * random.NextDouble(), CancellationToken.None);
            await running.KillAsync();
            await pushing;

            var now = await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.GatewayUri);
            if (!now.Equals(last)) changed++;
            last = now;

            async Task PushUntilCutAsync()
            {
                try
                {
                    while (true)
                    {
                        await gateway.PushAsync(agent.Authority, agent.GatewayUri, CancellationToken.None);
                        once.TrySetResult();
                    }
                }
                catch (UaException e) when (ConnectionLoss.IsTold(e))
                {
                    return; // the kill
                }
            }
        }

        await SettledAsync(agent);
        return changed;
    }

    private static async Task SettledAsync(PushedAgent agent)
    {
        await using var running = await agent.StartReadyAsync();
        await using var session = await agent.ConnectAsync();
        var gateway = await agent.GatewayAsync(session);
        await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.GatewayUri);
        var certificate = await gateway.PushAsync(agent.Authority, agent.GatewayUri, CancellationToken.None);
        (await FolderJudge.ExpectSoundAsync(agent.TrustFolder, agent.GatewayUri)).ShouldBe(certificate, "no transaction of a dead session stands in the way");
        await FolderJudge.ExpectOpenSslAsync(agent.TrustFolder);
        (await agent.GatewayStatusAsync()).GetProperty("pendingRequest").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
