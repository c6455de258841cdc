using System.Diagnostics;
using System.Globalization;
using EndToEnd.Tests.Agents;
using EndToEnd.Tests.Kill;
using Pki;
using TestKit;
using TestKit.Processes;

namespace EndToEnd.Tests.Push;

/// <summary>The GDS is killed at random instants of a push: the target ends with a valid pair and a valid list, and nothing is pending for ever.</summary>
public sealed class KilledPushTests(ITestOutputHelper output)
{
    private const string SeedVariable = "GDSSUITE_KILL_SEED";
    private const int Kills = 30;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Fact(Timeout = 2_400_000)]
    public async Task A_push_survives_thirty_kills()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var wanted) ? wanted : Random.Shared.Next();
        output.WriteLine($"Seed {seed}; {SeedVariable} repeats it.");
        var random = new Random(seed);
        using var folder = new TempFolder();
        var port = FreePort.Find();
        await GdsProcess.InitAsync(folder.File("gds"), TestContext.Current.CancellationToken);
        await using var gateway = await PushedGateway.StartAsync(folder, "P", TestContext.Current.CancellationToken);
        var gds = await GdsProcess.StartAsync(folder.File("gds"), port, TestContext.Current.CancellationToken);
        try
        {
            await gateway.RegisterAsync(gds, TestContext.Current.CancellationToken);
            var records = new GdsRecords(gds.DataFolder);
            await SettledAsync(records, gds, gateway);
            var measured = gds.CommandAsync(TestContext.Current.CancellationToken, "push", "run", gateway.ApplicationUri, "--renew", "--json");
            await BegunAsync(records, measured);
            var started = Stopwatch.GetTimestamp();
            await SettledAsync(records, gds, gateway);
            var whole = Stopwatch.GetElapsedTime(started);
            await measured;
            for (var kill = 0; kill < Kills; kill++)
            {
                var push = gds.CommandAsync(TestContext.Current.CancellationToken, "push", "run", gateway.ApplicationUri, "--renew", "--json");
                await BegunAsync(records, push);
                await Task.Delay(whole * random.NextDouble(), TestContext.Current.CancellationToken);
                await gds.DisposeAsync();
                await push;
                gds = await GdsProcess.StartAsync(gds.DataFolder, port, TestContext.Current.CancellationToken);
                await SettledAsync(records, gds, gateway);
                await JudgeAsync(records, gateway);
            }

            records.IntegrityCheck().ShouldBe("ok");
            var runs = records.PushRuns();
            output.WriteLine($"One run takes {whole.TotalMilliseconds:F0} ms. Runs: {string.Join(", ", runs.Select(r => $"{r.Value} in state {r.Key}"))}; {records.Certificates().Certificates.Count} certificates, {records.Certificates().Revoked.Count} of them revoked.");
            runs.ShouldContainKey(4, "no kill hit a run");
        }
        finally
        {
            await gds.DisposeAsync();
        }
    }

    /// <summary>The pair in the folder is sound by the folder's own lists, it is the one that is shown, and the GDS knows it as issued.</summary>
    private static async Task JudgeAsync(GdsRecords records, PushedGateway gateway)
    {
        var own = await FolderJudge.ExpectSoundAsync(gateway.Pki, gateway.ApplicationUri);
        (await gateway.ShownAsync(TestContext.Current.CancellationToken)).ShouldBe(own);
        var (certificates, revoked) = records.Certificates();
        certificates.ShouldContainKey(own.SerialNumber);
        revoked.ShouldNotContain(own.SerialNumber);
    }

    /// <summary>The push is in the records, so what is measured from here on is the run without the command around it; or it has been refused.</summary>
    private static async Task BegunAsync(GdsRecords records, Task push)
    {
        while (records.PendingPushes().Count == 0 && !push.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
    }

    private static async Task SettledAsync(GdsRecords records, GdsProcess gds, PushedGateway gateway)
    {
        var started = Stopwatch.GetTimestamp();
        while (records.PendingPushes() is { Count: > 0 } pending)
        {
            if (Stopwatch.GetElapsedTime(started) > s_patience)
                throw new InvalidOperationException($"Pending after {s_patience}: {string.Join("; ", pending)}. The GDS said:{Environment.NewLine}{gds.Running.Said}{Environment.NewLine}The gateway said:{Environment.NewLine}{gateway.Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
