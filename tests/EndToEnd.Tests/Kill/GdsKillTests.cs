using System.Globalization;
using EndToEnd.Tests.Clients;
using Pki;
using TestKit;
using TestKit.Processes;
using Ua.Client;
using Ua.Core;
using Ua.Gds;

namespace EndToEnd.Tests.Kill;

/// <summary>The GDS is killed at random instants while applications ask for certificates and an administrator revokes some.</summary>
public sealed class GdsKillTests(ITestOutputHelper output)
{
    private const string SeedVariable = "GDSSUITE_KILL_SEED";
    private const int Kills = 50;
    private const int KillsWhileStarting = 5;
    private const int Applications = 4;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact(Timeout = 1_800_000)]
    public async Task What_was_handed_out_survives_fifty_kills()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var wanted) ? wanted : Random.Shared.Next();
        output.WriteLine($"Seed {seed}; {SeedVariable} repeats it.");
        var random = new Random(seed);
        using var folder = new TempFolder();
        using var console = TestApplication.Create("console");
        var port = FreePort.Find();
        var account = await GdsProcess.InitAsync(folder.File("gds"), TestContext.Current.CancellationToken);
        var gds = await GdsProcess.StartAsync(folder.File("gds"), port, TestContext.Current.CancellationToken);
        await using var plant = await KillPlant.OpenAsync(gds.EndpointUrl, console, account, Applications);
        var verdict = new GdsVerdict(new GdsRecords(gds.DataFolder), plant.Authority);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await plant.AllMustGoOnAsync(s_patience, gds);
                await Task.Delay(random.Next(0, 150), TestContext.Current.CancellationToken);
                await gds.DisposeAsync();
                var (known, revoked) = plant.Holds();
                if (kill % (Kills / KillsWhileStarting) == 0) await KillWhileStartingAsync(gds, port, random.Next(50, 800));
                gds = await GdsProcess.StartAsync(gds.DataFolder, port, TestContext.Current.CancellationToken);
                verdict.MustHold(known, revoked);
            }

            await plant.AllMustGoOnAsync(s_patience, gds);
            await plant.StopAsync();
            var (all, allRevoked) = plant.Holds();
            verdict.MustHold(all, allRevoked);
            verdict.AuditMustTell(all, allRevoked);
            new GdsRecords(gds.DataFolder).IntegrityCheck().ShouldBe("ok");
            await ApiMustKnowAsync(gds, console, account, all, allRevoked);
            output.WriteLine($"{all.Count} certificates handed out, {allRevoked.Count} revoked, {plant.MadeGood} lost answers made good.");
        }
        finally
        {
            await gds.DisposeAsync();
        }
    }

    private static async Task KillWhileStartingAsync(GdsProcess gds, int port, int milliseconds)
    {
        await using var starting = GdsProcess.Start(gds.DataFolder, port);
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
    }

    /// <summary>The GDS itself says of each certificate what it should: good, or revoked.</summary>
    private static async Task ApiMustKnowAsync(
        GdsProcess gds, TestApplication console, GdsAccount account, IReadOnlyCollection<HandedOut> all, IReadOnlyCollection<string> revoked)
    {
        await using var session = await console.ConnectAsync(gds.EndpointUrl, UserIdentity.Named(account.Name, account.Password), TestContext.Current.CancellationToken);
        var directory = new DirectoryClient(session);
        foreach (var each in all)
        {
            var status = (await directory.CheckRevocationStatusAsync(each.Certificate.Der, TestContext.Current.CancellationToken)).Status;
            if (revoked.Contains(each.Certificate.SerialNumber)) status.ShouldBe(StatusCodes.BadCertificateRevoked);
            else if (status != StatusCodes.BadCertificateRevoked) status.ShouldBe(StatusCodes.Good); // a revocation whose answer was lost may have happened
        }
    }
}
