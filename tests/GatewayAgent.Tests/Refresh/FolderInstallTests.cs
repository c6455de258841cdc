using GatewayAgent.Configuration;
using GatewayAgent.State;
using GatewayAgent.Tests.Kit;
using Pki;

namespace GatewayAgent.Tests.Refresh;

public class FolderInstallTests
{
    [Theory]
    [InlineData("spec-annex-f")]
    [InlineData("ua-netstandard")]
    [InlineData("ua-sdk-cpp")]
    [InlineData("twincat-opcua-gateway")]
    [InlineData("node-opcua")]
    [InlineData("open62541-filestore")]
    public async Task List_and_certificate_reach_every_store_of_a_preset(string preset)
    {
        using var gateway = new Gateway(preset);
        var own = gateway.Gds.Own(Gateway.Uri, Authority.Key(5));
        await gateway.InstallAsync(gateway.Gds.TrustList(), own);
        for (var store = 0; store < gateway.Application.Stores.Count; store++)
        {
            (await gateway.FolderAsync(store)).TrustedCertificates.ShouldBe([gateway.Gds.Certificate]);
            (await gateway.OwnAsync(store)).ShouldBe(own.Certificate);
        }

        (await gateway.StateAsync()).TrustList.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_list_again_touches_nothing()
    {
        using var gateway = new Gateway();
        var list = gateway.Gds.TrustList();
        await gateway.InstallAsync(list);
        var before = Snapshot(gateway.Root);
        await gateway.InstallAsync(list);
        Snapshot(gateway.Root).ShouldBe(before);
    }

    [Fact]
    public async Task Files_that_went_missing_are_put_back()
    {
        using var gateway = new Gateway();
        var list = gateway.Gds.TrustList();
        await gateway.InstallAsync(list);
        foreach (var crl in Directory.GetFiles(Path.Combine(gateway.Root, "trusted", "crl"))) File.Delete(crl);
        await gateway.InstallAsync(list);
        (await gateway.FolderAsync()).TrustedCrls.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_bad_list_leaves_the_folder_as_it_is()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var before = Snapshot(gateway.Root);
        await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(gateway.Gds.TrustList(crl: null)));
        Snapshot(gateway.Root).ShouldBe(before);
    }

    [Fact]
    public async Task A_certificate_that_was_revoked_meanwhile_is_dropped_with_its_request()
    {
        using var gateway = new Gateway();
        var own = gateway.Gds.Own(Gateway.Uri, Authority.Key(5));
        await gateway.Application.Store.ChangeAsync(s => s with { Pending = new PendingRequest { KeyFile = "x", Started = default, Reason = "" } }, CancellationToken.None);
        gateway.Gds.Revoke(own.Certificate);
        (await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(gateway.Gds.TrustList(), own))).Message.ShouldContain("BadCertificateRevoked");
        (await gateway.StateAsync()).Pending.ShouldBeNull();
        (await gateway.OwnAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_gateway_that_does_not_reload_gets_its_old_set_back_and_is_left_in_peace()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var gateway = new Gateway(reload: new ReloadConfiguration { Kind = ReloadKind.Command, Program = "/bin/sh", Arguments = ["-c", "echo no such service >&2; exit 3"] });
        gateway.Time.AutoAdvanceAmount = TimeSpan.Zero;
        var peer = Authority.SelfSigned("urn:peer", Authority.Key(6), gateway.Time);
        Directory.CreateDirectory(Path.Combine(gateway.Root, "trusted", "certs"));
        File.WriteAllBytes(Path.Combine(gateway.Root, "trusted", "certs", "peer.der"), peer.Der);

        var list = gateway.Gds.TrustList();
        var problem = await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(list));
        problem.Message.ShouldContain("rolled back");
        problem.Message.ShouldContain("no such service");
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([peer]);

        // At once, it is not tried again; after its time, and whenever a person asks, it is.
        (await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(list))).Message.ShouldContain("not tried before");
        (await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(list, byHand: true))).Message.ShouldContain("rolled back");
        (await gateway.StateAsync()).Hold!.Failures.ShouldBe(2);
        gateway.Time.Advance(TimeSpan.FromHours(1));
        (await Should.ThrowAsync<AgentProblem>(() => gateway.InstallAsync(list))).Message.ShouldContain("rolled back");
    }

    [Fact]
    public async Task A_command_that_hangs_is_stopped_and_counts_as_failed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var gateway = new Gateway(reload: new ReloadConfiguration { Kind = ReloadKind.Command, Program = "/bin/sh", Arguments = ["-c", "sleep 600"], Timeout = TimeSpan.FromSeconds(5) });
        var list = gateway.Gds.TrustList();
        var install = gateway.InstallAsync(list);
        while (!install.IsCompleted)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await Should.ThrowAsync<AgentProblem>(() => install)).Message.ShouldContain("did not end within");
    }

    [Fact]
    public async Task A_touch_gives_the_directory_a_new_time()
    {
        using var gateway = new Gateway(reload: new ReloadConfiguration { Kind = ReloadKind.Touch });
        await gateway.InstallAsync(gateway.Gds.TrustList());
        Directory.GetLastWriteTimeUtc(Path.Combine(gateway.Root, "trusted", "certs")).Year.ShouldBe(gateway.Time.GetUtcNow().Year);
    }

    [Fact]
    public async Task An_installation_that_a_kill_cut_off_leaves_nothing_behind_as_local()
    {
        using var gateway = new Gateway();
        var peer = Authority.SelfSigned("urn:peer", Authority.Key(6), gateway.Time);
        await gateway.InstallAsync(gateway.Gds.TrustList());

        // As after a kill between the swap and the record: the folder holds the list, the record names it as the next one only.
        var cut = await gateway.GivenAsync(gateway.Gds.TrustList(peer));
        await gateway.Application.Store.ChangeAsync(s => s with { NextTrustList = cut.Kept }, CancellationToken.None);
        await gateway.Application.Stores[0].ApplyAsync(cut.Set, null, null, CancellationToken.None);

        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate]);
    }

    [Fact]
    public async Task A_new_certificate_ends_its_request_and_its_key_file_goes()
    {
        using var gateway = new Gateway();
        var key = Authority.Key(5);
        var store = gateway.Application.Store;
        var file = await store.KeepKeyAsync(key, CancellationToken.None);
        await store.ChangeAsync(s => s with { Pending = new PendingRequest { KeyFile = file, Started = default, Reason = "" } }, CancellationToken.None);
        await gateway.InstallAsync(gateway.Gds.TrustList(), gateway.Gds.Own(Gateway.Uri, key));
        (await gateway.StateAsync()).Pending.ShouldBeNull();
        File.Exists(Path.Combine(store.Folder, file)).ShouldBeFalse();
        OwnerOnlyDirectory.IsReadableByOthers(Directory.GetFiles(Path.Combine(gateway.Root, "own", "private")).ShouldHaveSingleItem()).ShouldBeFalse();
    }

    private static IReadOnlyList<string> Snapshot(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("lock", StringComparison.Ordinal)).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O} {Convert.ToHexString(File.ReadAllBytes(f))}").Order()];
}
