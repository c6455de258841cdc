using GatewayAgent.State;
using GatewayAgent.Tests.Kit;
using Pki;
using TestKit;

namespace GatewayAgent.Tests.State;

public class ApplicationStoreTests
{
    private const string Uri = "urn:plant:gateway";
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task What_was_changed_is_there_after_a_restart()
    {
        using var temp = new TempFolder();
        var pending = new PendingRequest { KeyFile = "request-1.key.pem", Started = DateTimeOffset.UnixEpoch, Reason = "there is no certificate", RequestId = "ns=2;s=1", Certificate = [1, 2], Issuers = [[3]] };
        using (var store = new ApplicationStore(temp.FullPath, Uri)) await store.ChangeAsync(s => s with { Pending = pending, State = SyncState.WaitingForApproval }, s_none);
        using var again = new ApplicationStore(temp.FullPath, Uri);
        var state = await again.ReadAsync(s_none);
        state.State.ShouldBe(SyncState.WaitingForApproval);
        state.Pending!.RequestId.ShouldBe("ns=2;s=1");
        state.Pending.Certificate.ShouldBe([1, 2]);
        state.Pending.Issuers.ShouldHaveSingleItem().ShouldBe([3]);
    }

    [Fact]
    public async Task A_key_is_for_its_owner_only_and_can_be_read_again()
    {
        using var temp = new TempFolder();
        using var store = new ApplicationStore(temp.FullPath, Uri);
        var file = await store.KeepKeyAsync(Authority.Key(1), s_none);
        OwnerOnlyDirectory.IsReadableByOthers(Path.Combine(store.Folder, file)).ShouldBeFalse();
        OwnerOnlyDirectory.IsReadableByOthers(store.Folder).ShouldBeFalse();
        var request = new PendingRequest { KeyFile = file, Started = default, Reason = "" };
        (await store.FindKeyAsync(request, s_none))!.PublicKey.ShouldBe(Authority.Key(1).PublicKey);
    }

    [Fact]
    public async Task A_damaged_key_file_counts_as_gone()
    {
        using var temp = new TempFolder();
        using var store = new ApplicationStore(temp.FullPath, Uri);
        var file = await store.KeepKeyAsync(Authority.Key(1), s_none);
        File.WriteAllText(Path.Combine(store.Folder, file), "-----BEGIN");
        (await store.FindKeyAsync(new PendingRequest { KeyFile = file, Started = default, Reason = "" }, s_none)).ShouldBeNull();
    }

    [Fact]
    public async Task A_kept_list_that_was_changed_on_disk_counts_as_gone()
    {
        using var temp = new TempFolder();
        using var store = new ApplicationStore(temp.FullPath, Uri);
        var list = new TrustListState(await store.KeepTrustListAsync(new byte[] { 1, 2, 3 }, s_none), default, default);
        (await store.FindTrustListAsync(list, s_none)).ShouldBe([1, 2, 3]);
        File.WriteAllBytes(Path.Combine(store.Folder, list.File), [1, 2]);
        (await store.FindTrustListAsync(list, s_none)).ShouldBeNull();
    }

    [Fact]
    public async Task Keys_and_lists_that_nothing_names_any_more_are_swept()
    {
        using var temp = new TempFolder();
        using var store = new ApplicationStore(temp.FullPath, Uri);
        var kept = await store.KeepKeyAsync(Authority.Key(1), s_none);
        var old = await store.KeepKeyAsync(Authority.Key(2), s_none);
        await store.KeepTrustListAsync(new byte[] { 9 }, s_none);
        await store.ChangeAsync(s => s with { Pending = new PendingRequest { KeyFile = kept, Started = default, Reason = "" } }, s_none);
        await store.SweepAsync(s_none);
        Directory.GetFiles(store.Folder).Select(Path.GetFileName).Order().ShouldBe(["application.json", kept], ignoreOrder: true);
        kept.ShouldNotBe(old);
    }

    [Fact]
    public void Applications_with_names_that_look_alike_have_different_folders()
    {
        string[] uris = ["urn:a:b/c", "urn:a:b:c", "urn:a:b_c"];
        uris.Select(u => new ApplicationStore("/x", u)).Select(s => { using (s) return s.Folder; }).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_state_file_that_cannot_be_read_is_told_and_not_overwritten()
    {
        using var temp = new TempFolder();
        using (var store = new ApplicationStore(temp.FullPath, Uri))
        {
            await store.ChangeAsync(s => s, s_none);
            File.WriteAllText(Path.Combine(store.Folder, "application.json"), "{ broken");
        }

        using var again = new ApplicationStore(temp.FullPath, Uri);
        (await Should.ThrowAsync<AgentProblem>(() => again.ChangeAsync(s => s, s_none))).Message.ShouldContain("application.json");
        File.ReadAllText(Path.Combine(again.Folder, "application.json")).ShouldBe("{ broken");
    }
}
