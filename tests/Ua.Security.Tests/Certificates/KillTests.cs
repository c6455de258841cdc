using Microsoft.Extensions.Logging.Abstractions;
using TestKit;

namespace Ua.Security.Certificates.Tests;

/// <summary>Kills a process in the middle of its swaps and looks at what it left, first as a gateway that reads the folder just then, then after recovery.</summary>
public class KillTests
{
    private const int Lanes = 5;

    [Theory]
    [InlineData("spec-annex-f", 50)]
    [InlineData("node-opcua", 15)]
    [InlineData("wincc-oa", 15)]
    [InlineData("milo", 15)]
    [InlineData("softing-cpp", 15)]
    public async Task A_swap_that_is_killed_leaves_the_old_set_or_the_new_one(string layout, int kills)
    {
        using var temp = new TempFolder();
        SwapSet[] sets = [SwapSet.Create("A", 0, 2), SwapSet.Create("B", 3, 5)];
        foreach (var set in sets) set.Save(temp.File(set.Name));

        var lanes = Enumerable.Range(1, Lanes).Select(lane => KillAsync(layout, temp, $"pki-{lane}", kills / Lanes, new Random(lane), sets));
        var interrupted = (await Task.WhenAll(lanes)).Sum();

        interrupted.ShouldBeGreaterThan(kills / 10, "the kills must hit the swaps");
    }

    /// <summary>Kills one victim after the other on the same folder; gives how many left something to repair.</summary>
    private static async Task<int> KillAsync(string layout, TempFolder temp, string name, int kills, Random random, SwapSet[] sets)
    {
        var interrupted = 0;
        for (var kill = 1; kill <= kills; kill++)
        {
            using (var victim = SwapLoop.Start(layout, temp.File(name), temp.File("A"), temp.File("B")))
            {
                (await victim.StandardOutput.ReadLineAsync()).ShouldBe("0", "the first swap");
                await Task.Delay(random.Next(0, 40));
                victim.Kill();
                await victim.WaitForExitAsync();
            }

            using var folder = new TrustFolder(temp.File(name), TrustFolderLayouts.Find(layout), new FrozenClock(), NullLogger<TrustFolder>.Instance);
            await LookAsync(folder, sets);
            var outcome = await new TrustFolderUpdate(folder, new FrozenClock(), NullLogger<TrustFolderUpdate>.Instance).RecoverAsync();
            if (outcome != RecoveryOutcome.NothingToDo) interrupted++;
            await JudgeAsync(folder, sets);
        }

        return interrupted;
    }

    /// <summary>What any reader may meet, also without recovery.</summary>
    private static async Task LookAsync(TrustFolder folder, SwapSet[] sets)
    {
        var lists = await folder.CurrentAsync();
        lists.Skipped.ShouldBeEmpty("every file is whole");
        lists.TrustedCertificates.Length.ShouldBeGreaterThan(0);
        lists.IssuerCertificates.Length.ShouldBeGreaterThan(0);
        var changesInThree = SwapUnits.Of(folder.Layout, withOwn: true) is { Count: 3 } units && units.All(u => u.IsWhole);
        if (folder.Layout.Replace != ReplaceMode.Directories || !changesInThree || !OperatingSystem.IsLinux()) return;

        NameOf(lists.TrustedCrls.Single().Crl.Issuer).ShouldBe(NameOf(lists.TrustedCertificates.Single().Certificate.Subject), "a list of trust comes with its revocation lists");
        NameOf(lists.IssuerCrls.Single().Crl.Issuer).ShouldBe(NameOf(lists.IssuerCertificates.Single().Certificate.Subject));
        using var identity = Identity(folder);
        var own = (await identity.OpenAsync()).Primary.Certificate;
        sets.ShouldContain(s => s.Content.Own!.Certificate.Equals(own));
    }

    private static async Task JudgeAsync(TrustFolder folder, SwapSet[] sets)
    {
        var lists = await folder.CurrentAsync();
        using var identity = Identity(folder);
        var own = (await identity.OpenAsync()).Primary.Certificate;
        var set = sets.Single(s => s.Content.Own!.Certificate.Equals(own));
        var held = set.Content.FittedTo(folder.Layout);
        lists.TrustedCertificates.Select(c => c.Certificate).Where(c => !c.Equals(own)).ShouldBe(held.TrustedCertificates);
        lists.IssuerCertificates.Select(c => c.Certificate).ShouldBe(held.IssuerCertificates);
        lists.TrustedCrls.Select(c => c.Crl.Thumbprint).ShouldBe(held.TrustedCrls.Select(c => c.Thumbprint), ignoreOrder: true);
        lists.IssuerCrls.Select(c => c.Crl.Thumbprint).ShouldBe(held.IssuerCrls.Select(c => c.Thumbprint), ignoreOrder: true);
        var verdict = await Plant.Validator(folder, time: new FrozenClock()).ValidateAsync(Plant.Client(set.Peer));
        verdict.IsAccepted.ShouldBeTrue(verdict.Text);

        var layout = folder.Layout.Own!;
        var both = layout.Certificates == layout.PrivateKeys && layout.PrivateKeyFormat != PrivateKeyFormat.Keystore;
        Directory.EnumerateFiles(folder.Paths.OwnCertificates).Count().ShouldBe(both || folder.Layout.OwnAmongTrusted ? 2 : 1);
        Directory.EnumerateFiles(folder.Paths.OwnPrivateKeys).Count().ShouldBe(both ? 2 : 1);
    }

    private static FolderApplicationIdentity Identity(TrustFolder folder) =>
        new(folder, new ApplicationIdentityOptions { CreateIfMissing = false }, new FrozenClock(), NullLogger<FolderApplicationIdentity>.Instance);

    private static char NameOf(string subject) => subject["CN=Root ".Length - (subject.StartsWith("CN=Sub", StringComparison.Ordinal) ? 1 : 0)];
}
