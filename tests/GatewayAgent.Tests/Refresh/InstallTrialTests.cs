using GatewayAgent.Configuration;
using GatewayAgent.State;
using GatewayAgent.Tests.Kit;
using TestKit;

namespace GatewayAgent.Tests.Refresh;

/// <summary>A kill between the swap and the look at the gateway: the change is verified or taken back, never just believed.</summary>
public class InstallTrialTests
{
    [Fact]
    public async Task A_change_that_was_never_told_to_the_gateway_is_told_after_the_kill()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var temp = new TempFolder();
        var told = temp.File("told");
        using var gateway = Reloading(told, "exit 0");
        var list = gateway.Gds.TrustList();
        await CutOffAsync(gateway, list, gateway.Application.Stores.Count);
        File.Exists(told).ShouldBeFalse();
        await gateway.InstallAsync(list);
        (await File.ReadAllLinesAsync(told)).ShouldBe(["told"]);
        (await gateway.StateAsync()).Trial.ShouldBeNull();
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate]);
    }

    [Fact]
    public async Task A_change_with_which_the_gateway_does_not_live_is_rolled_back_after_the_kill()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var temp = new TempFolder();
        var told = temp.File("told");
        using var gateway = Reloading(told, "exit 3");
        var list = gateway.Gds.TrustList();
        await CutOffAsync(gateway, list, gateway.Application.Stores.Count);
        (await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(list))).Message.ShouldContain("rolled back");
        for (var store = 0; store < gateway.Application.Stores.Count; store++) (await gateway.FolderAsync(store)).TrustedCertificates.ShouldBeEmpty();
        (await gateway.StateAsync()).Trial.ShouldBeNull();
        (await gateway.StateAsync()).Hold!.Failures.ShouldBe(1);
        (await File.ReadAllLinesAsync(told)).ShouldBe(["told", "told"], "of the change, and of the way back");
    }

    [Fact]
    public async Task A_change_that_reached_one_of_two_folders_comes_again_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var temp = new TempFolder();
        var told = temp.File("told");
        using var gateway = Reloading(told, "exit 0");
        var list = gateway.Gds.TrustList();
        await CutOffAsync(gateway, list, stores: 1);
        await gateway.InstallAsync(list);
        for (var store = 0; store < 2; store++) (await gateway.FolderAsync(store)).TrustedCertificates.ShouldBe([gateway.Gds.Certificate]);
        (await File.ReadAllLinesAsync(told)).ShouldBe(["told"]);

        // Rolled back by hand, each folder is as before the whole change.
        foreach (var store in gateway.Application.Stores) await store.RollbackAsync(CancellationToken.None);
        for (var store = 0; store < 2; store++) (await gateway.FolderAsync(store)).TrustedCertificates.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_roll_back_that_was_cut_off_is_finished()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var temp = new TempFolder();
        var told = temp.File("told");
        using var gateway = Reloading(told, "exit 0");
        var list = gateway.Gds.TrustList();
        await CutOffAsync(gateway, list, gateway.Application.Stores.Count);
        await gateway.Application.Store.ChangeAsync(s => s with { Trial = s.Trial! with { Failure = "it did not start" } }, CancellationToken.None);
        await gateway.Application.Stores[0].RollbackAsync(CancellationToken.None);
        (await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(list))).Message.ShouldContain("it did not start");
        for (var store = 0; store < 2; store++) (await gateway.FolderAsync(store)).TrustedCertificates.ShouldBeEmpty();
        (await gateway.StateAsync()).Trial.ShouldBeNull();
        (await File.ReadAllLinesAsync(told)).ShouldBe(["told"]);
    }

    /// <summary>A gateway with two folders; telling it leaves a line in a file.</summary>
    private static Gateway Reloading(string told, string then)
    {
        var gateway = new Gateway("twincat-opcua-gateway", new ReloadConfiguration { Kind = ReloadKind.Command, Program = "/bin/sh", Arguments = ["-c", $"echo told >> \"$0\"; {then}", told] });
        gateway.Time.AutoAdvanceAmount = TimeSpan.Zero;
        return gateway;
    }

    /// <summary>As a kill leaves it right after the last of the stores was swapped: the trial is written, the gateway knows nothing.</summary>
    private static async Task CutOffAsync(Gateway gateway, byte[] list, int stores)
    {
        var given = await gateway.GivenAsync(list);
        var trial = new InstallTrial("0123", [.. gateway.Application.Stores.Select(s => s.Name)], Answered: false, "digest");
        await gateway.Application.Store.ChangeAsync(s => s with { NextTrustList = given.Kept, Trial = trial }, CancellationToken.None);
        foreach (var store in gateway.Application.Stores.Take(stores)) await store.ApplyAsync(given.Set, null, trial.Update, CancellationToken.None);
    }
}
