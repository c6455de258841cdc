using GatewayAgent.Configuration;
using GatewayAgent.Enrolment;
using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using GatewayAgent.Tests.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using TestKit;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Refresh;

public class PushTests
{
    private static readonly ReloadConfiguration s_refuses = new() { Kind = ReloadKind.Command, Program = "/bin/sh", Arguments = ["-c", "echo no such service >&2; exit 3"] };

    [Theory]
    [InlineData("spec-annex-f")]
    [InlineData("twincat-opcua-gateway")]
    public async Task A_pushed_set_is_all_that_every_store_holds_and_counts_as_given(string preset)
    {
        using var gateway = new Gateway(preset);
        await gateway.InstallAsync(gateway.Gds.TrustList(), gateway.Gds.Own(Gateway.Uri, Authority.Key(5)));
        var local = Authority.SelfSigned("urn:peer:local", Authority.Key(6), gateway.Time);
        await gateway.Application.Stores[0].Folder.TrustAsync(local);
        var own = gateway.Gds.Own(Gateway.Uri, Authority.Key(7));
        var peer = Authority.SelfSigned("urn:peer:pushed", Authority.Key(8), gateway.Time);

        (await PushAsync(gateway, new PushedSet(SetOf(gateway, peer), own))).ShouldNotBeNull();

        for (var store = 0; store < gateway.Application.Stores.Count; store++)
        {
            (await gateway.FolderAsync(store)).TrustedCertificates.ShouldBe([gateway.Gds.Certificate, peer], ignoreOrder: true);
            (await gateway.OwnAsync(store)).ShouldBe(own.Certificate);
        }

        var state = await gateway.StateAsync();
        state.Pending.ShouldBeNull();
        state.NextTrustList.ShouldBeNull();
        (await TrustListPull.KeptAsync(gateway.Application, CancellationToken.None))!.Set.TrustedCertificates.ShouldContain(peer);
        (await gateway.Application.Store.RemovedAsync(CancellationToken.None)).Select(r => r.Certificate).ShouldBe([local], "what was nobody's gift is kept aside");

        await gateway.InstallAsync(gateway.Gds.TrustList());
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate], "a later list of the GDS takes the place of the pushed one");
    }

    [Fact]
    public async Task The_same_set_again_is_nothing_to_do()
    {
        using var gateway = new Gateway();
        var pushed = new PushedSet(SetOf(gateway), gateway.Gds.Own(Gateway.Uri, Authority.Key(5)));
        (await PushAsync(gateway, pushed)).ShouldNotBeNull();
        (await PushAsync(gateway, pushed)).ShouldBeNull();
        (await gateway.StateAsync()).Pending.ShouldBeNull();
    }

    [Fact]
    public async Task A_certificate_alone_leaves_the_list_and_its_origin()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var peer = Authority.SelfSigned("urn:peer:local", Authority.Key(6), gateway.Time);
        await gateway.Application.Stores[0].Folder.TrustAsync(peer);
        var before = (await gateway.StateAsync()).TrustList;
        var own = gateway.Gds.Own(Gateway.Uri, Authority.Key(5));
        await PushAsync(gateway, new PushedSet(null, own));
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate, peer], ignoreOrder: true);
        (await gateway.StateAsync()).TrustList.ShouldBe(before);
        (await gateway.OwnAsync()).ShouldBe(own.Certificate);
    }

    [Fact]
    public async Task A_gateway_that_does_not_reload_gets_everything_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var gateway = new Gateway(reload: s_refuses);
        gateway.Time.AutoAdvanceAmount = TimeSpan.Zero;
        var before = await gateway.StateAsync();
        var problem = await Should.ThrowAsync<AgentProblem>(() => PushAsync(gateway, new PushedSet(SetOf(gateway), gateway.Gds.Own(Gateway.Uri, Authority.Key(5)))));
        problem.Message.ShouldContain("no such service");
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBeEmpty();
        (await gateway.OwnAsync()).ShouldBeNull();
        var after = await gateway.StateAsync();
        (after.Pending, after.TrustList, after.Hold).ShouldBe((before.Pending, before.TrustList, before.Hold));
    }

    [Fact]
    public async Task A_push_that_was_cut_off_is_completed_by_the_next_cycle()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var gateway = new Gateway(reload: new ReloadConfiguration { Kind = ReloadKind.Command, Program = "/bin/sh", Arguments = ["-c", "sleep 60"] });
        gateway.Time.AutoAdvanceAmount = TimeSpan.Zero;
        var own = gateway.Gds.Own(Gateway.Uri, Authority.Key(5));
        using var cut = new CancellationTokenSource();
        var push = gateway.Install.PushAsync(gateway.Application, new AgentConfiguration(), new PushedSet(SetOf(gateway), own), cut.Token);
        while ((await gateway.FolderAsync()).TrustedCertificates.Length == 0 && !push.IsCompleted) await Task.Delay(20, CancellationToken.None);
        await cut.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => push);
        (await gateway.StateAsync()).Pending.ShouldNotBeNull("it is on disk that there is something to do");

        await RepairAsync(gateway);
        (await gateway.OwnAsync()).ShouldBe(own.Certificate);
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate]);
        (await gateway.StateAsync()).Pending.ShouldBeNull();
    }

    [Fact]
    public async Task A_push_that_was_cut_off_and_that_the_gateway_does_not_live_with_is_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a shell");
        using var temp = new TempFolder();
        var called = temp.File("called");
        using var gateway = new Gateway(reload: new ReloadConfiguration { Kind = ReloadKind.Command, Program = "/bin/sh", Arguments = ["-c", $"test -e '{called}' && exit 3; touch '{called}'; sleep 60"] });
        gateway.Time.AutoAdvanceAmount = TimeSpan.Zero;
        using var cut = new CancellationTokenSource();
        var push = gateway.Install.PushAsync(gateway.Application, new AgentConfiguration(), new PushedSet(SetOf(gateway), gateway.Gds.Own(Gateway.Uri, Authority.Key(5))), cut.Token);
        while (!File.Exists(called) && !push.IsCompleted) await Task.Delay(20, CancellationToken.None);
        await cut.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => push);

        await RepairAsync(gateway);
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBeEmpty();
        (await gateway.OwnAsync()).ShouldBeNull();
        var state = await gateway.StateAsync();
        (state.Pending, state.TrustList, state.Trial).ShouldBe((null, null, null));
        state.LastError.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_intent_without_a_swap_is_carried_out_by_the_next_cycle()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList(), gateway.Gds.Own(Gateway.Uri, Authority.Key(5)));
        var own = gateway.Gds.Own(Gateway.Uri, Authority.Key(7));
        var pending = new PendingRequest
        {
            KeyFile = await gateway.Application.Store.KeepKeyAsync(own.Key, CancellationToken.None),
            Started = gateway.Time.GetUtcNow(),
            Reason = "it was pushed",
            Certificate = own.Certificate.Der,
            Issuers = [gateway.Gds.Certificate.Der],
        };
        await gateway.Application.Store.ChangeAsync(s => s with { Pending = pending }, CancellationToken.None);
        await RepairAsync(gateway);
        (await gateway.OwnAsync()).ShouldBe(own.Certificate);
        (await gateway.StateAsync()).Pending.ShouldBeNull();
    }

    [Fact]
    public async Task Undoing_brings_folder_and_record_back()
    {
        using var gateway = new Gateway();
        var first = gateway.Gds.Own(Gateway.Uri, Authority.Key(5));
        await gateway.InstallAsync(gateway.Gds.TrustList(), first);
        var before = await gateway.StateAsync();
        var peer = Authority.SelfSigned("urn:peer:pushed", Authority.Key(8), gateway.Time);
        var receipt = await PushAsync(gateway, new PushedSet(SetOf(gateway, peer), gateway.Gds.Own(Gateway.Uri, Authority.Key(7))));

        await gateway.Install.UndoAsync(gateway.Application, receipt!, CancellationToken.None);
        (await gateway.OwnAsync()).ShouldBe(first.Certificate);
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate]);
        (await gateway.StateAsync()).TrustList.ShouldBe(before.TrustList);
        (await TrustListPull.KeptAsync(gateway.Application, CancellationToken.None)).ShouldNotBeNull("the bytes of the list before are there again");
    }

    [Fact]
    public async Task Undoing_leaves_a_change_that_came_after_the_push()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var pushed = Authority.SelfSigned("urn:peer:pushed", Authority.Key(8), gateway.Time);
        var receipt = await PushAsync(gateway, new PushedSet(SetOf(gateway, pushed), null));
        var later = Authority.SelfSigned("urn:peer:later", Authority.Key(6), gateway.Time);
        await gateway.InstallAsync(gateway.Gds.TrustList(later));
        var before = await gateway.StateAsync();

        var refused = await Should.ThrowAsync<AgentProblem>(() => gateway.Install.UndoAsync(gateway.Application, receipt!, CancellationToken.None));

        refused.Message.ShouldContain("was changed again");
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate, later], ignoreOrder: true);
        (await gateway.StateAsync()).TrustList.ShouldBe(before.TrustList);
    }

    [Fact]
    public async Task What_the_GDS_said_before_a_push_is_not_put_over_it()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var given = await gateway.GivenAsync(gateway.Gds.TrustList());
        var peer = Authority.SelfSigned("urn:peer:pushed", Authority.Key(8), gateway.Time);
        await PushAsync(gateway, new PushedSet(SetOf(gateway, peer), null));
        var late = await Should.ThrowAsync<AgentProblem>(() => gateway.Install.RunAsync(gateway.Application, new AgentConfiguration(), given, null, byHand: false, CancellationToken.None));
        late.Message.ShouldContain("next cycle");
        (await gateway.FolderAsync()).TrustedCertificates.ShouldContain(peer);
    }

    [Fact]
    public async Task A_technicians_word_ends_where_the_contrary_is_pushed()
    {
        using var gateway = new Gateway();
        await gateway.InstallAsync(gateway.Gds.TrustList());
        var stays = Authority.SelfSigned("urn:peer:stays", Authority.Key(6), gateway.Time);
        var goes = Authority.SelfSigned("urn:peer:goes", Authority.Key(8), gateway.Time);
        await gateway.Decisions.TrustAsync([gateway.Application], stays, CancellationToken.None);
        await gateway.Decisions.TrustAsync([gateway.Application], goes, CancellationToken.None);
        await PushAsync(gateway, new PushedSet(SetOf(gateway, stays), null));
        await RepairAsync(gateway);
        (await gateway.FolderAsync()).TrustedCertificates.ShouldBe([gateway.Gds.Certificate, stays], ignoreOrder: true);
        (await gateway.StateAsync()).Local.Select(l => l.Sha256).ShouldBe([stays.Sha256]);
    }

    [Fact]
    public async Task What_speaks_against_a_push_has_the_code_that_peers_would_answer()
    {
        using var gateway = new Gateway();
        var noCrl = new TrustSet([gateway.Gds.Certificate], [], [], []);
        (await FaultAsync(gateway, new PushedSet(noCrl, null)))!.StatusCode.ShouldBe(StatusCodes.BadCertificateRevocationUnknown);
        (await FaultAsync(gateway, new PushedSet(SetOf(gateway), gateway.Gds.Own("urn:plant:other", Authority.Key(5)))))!.StatusCode.ShouldBe(StatusCodes.BadCertificateUriInvalid);
        var stranger = new Authority("Other CA", 9, gateway.Time);
        (await FaultAsync(gateway, new PushedSet(SetOf(gateway), new IdentityCertificate(stranger.Issue(Gateway.Uri, Authority.Key(5)), Authority.Key(5), []))))!.StatusCode.IsBad.ShouldBeTrue();
        (await FaultAsync(gateway, new PushedSet(SetOf(gateway), gateway.Gds.Own(Gateway.Uri, Authority.Key(5))))).ShouldBeNull();
    }

    private static Task<PushReceipt?> PushAsync(Gateway gateway, PushedSet pushed) => gateway.Install.PushAsync(gateway.Application, new AgentConfiguration(), pushed, CancellationToken.None);

    private static Task<CertificateFault?> FaultAsync(Gateway gateway, PushedSet pushed) =>
        gateway.Install.FindFaultAsync(gateway.Application, new AgentConfiguration(), pushed, CancellationToken.None);

    private static TrustSet SetOf(Gateway gateway, params ApplicationCertificate[] trusted)
    {
        var crl = gateway.Gds.Crl();
        return new TrustSet([gateway.Gds.Certificate, .. trusted], [crl], [gateway.Gds.Certificate], [crl]);
    }

    private static Task RepairAsync(Gateway gateway) => new ApplicationRefresh(
        new Registration(NullLogger<Registration>.Instance), new TrustListPull(gateway.Time, NullLogger<TrustListPull>.Instance), gateway.Install, gateway.Time, NullLoggerFactory.Instance)
        .RepairAsync(gateway.Application, new AgentConfiguration(), CancellationToken.None);

}
