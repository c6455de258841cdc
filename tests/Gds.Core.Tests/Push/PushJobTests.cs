using Gds.Core.Agents;
using Gds.Core.Push;
using Gds.Store;
using Pki;
using Ua.Core;

namespace Gds.Core.Tests.Push;

/// <summary>One run against targets of every kind (Part 12, 7.7).</summary>
public sealed class PushJobTests
{
    [Fact]
    public async Task A_server_with_transactions_gets_everything_in_order_and_then_needs_nothing()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.SucceedAsync();
        var issued = (await plant.IssuedAsync()).ShouldHaveSingleItem();
        plant.Target.Served.Thumbprint.ShouldBe(issued.Thumbprint);
        TrustListPlan.Same(plant.Target.List, plant.Intended()).ShouldBeTrue();
        var changes = plant.Target.Calls.Where(c => c is "CloseAndUpdate" or "CreateSigningRequest" or "UpdateCertificate" or "ApplyChanges").ToList();
        changes.ShouldBe(["CloseAndUpdate", "CreateSigningRequest", "UpdateCertificate", "ApplyChanges"]);
        (await plant.RequestsAsync()).ShouldHaveSingleItem().State.ShouldBe(RequestState.Accepted);
        (plant.Sync().CertificateThumbprint, plant.Sync().VerifiedAt).ShouldSatisfyAllConditions(s => s.CertificateThumbprint.ShouldBe(issued.Thumbprint), s => s.VerifiedAt.ShouldNotBeNull());

        plant.Target.Calls.Clear();
        var again = await plant.SucceedAsync();
        plant.Target.Calls.ShouldAllBe(c => c == "Open" || c == "Read" || c == "Close" || c == "GetRejectedList");
        again.Steps.ShouldContain(s => s.Kind == PushStepKind.TrustList && s.Outcome == PushStepOutcome.Skipped);
        (await plant.IssuedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_old_stays_until_the_new_certificate_is_seen()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        var old = SelfSignedCertificate.Create("urn:old:peer", SubjectName.Build("old"), ["old"], [], Sample.Key, TimeSpan.FromDays(9), TimeProvider.System);
        plant.Target.List = plant.Target.List with { TrustedCertificates = [.. plant.Target.List.TrustedCertificates, old.Der] };
        var run = await plant.SucceedAsync();
        TrustListPlan.Same(plant.Target.List, plant.Intended()).ShouldBeTrue();
        plant.Target.Calls.Where(c => c is "CloseAndUpdate" or "ApplyChanges").ShouldBe(["CloseAndUpdate", "ApplyChanges", "CloseAndUpdate", "ApplyChanges"]);
        run.Steps.Where(s => s.Kind == PushStepKind.TrustList).Select(s => s.Text).ShouldBe(["The list was written, together with what was there.", "The list was written, without what is old."]);
    }

    [Fact]
    public async Task A_server_without_transactions_uses_everything_at_once()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync(transactions: false));
        await plant.SucceedAsync(renew: true);
        plant.Target.Served.Thumbprint.ShouldBe((await plant.IssuedAsync()).ShouldHaveSingleItem().Thumbprint);
        TrustListPlan.Same(plant.Target.List, plant.Intended()).ShouldBeTrue();
        plant.Target.Calls.ShouldNotContain("ApplyChanges");
    }

    [Fact]
    public async Task A_server_that_knows_only_AddCertificate_gets_the_CA_and_is_said_to_lack_revocation_lists()
    {
        var target = await ScriptedTarget.StartAsync(transactions: false);
        target.Lacks(12666);
        await using var plant = await PushPlant.StartAsync(target);
        var run = await plant.SucceedAsync();
        target.List.TrustedCertificates.ShouldContain(c => c!.SequenceEqual(plant.Gds.TrustLists.Peek(null).TrustedCertificates[0]));
        target.Calls.ShouldNotContain("Write");
        run.Steps.ShouldContain(s => s.Outcome == PushStepOutcome.Limited && s.Text.Contains("revocation lists"));
        plant.Sync().Outcome.ShouldBe(SyncOutcome.Drifted);
        target.Served.Thumbprint.ShouldBe((await plant.IssuedAsync()).ShouldHaveSingleItem().Thumbprint);
    }

    [Theory]
    [InlineData("PFX")]
    [InlineData("PEM")]
    public async Task A_server_that_makes_no_keys_gets_one_which_then_is_gone_here(string format)
    {
        var target = await ScriptedTarget.StartAsync(transactions: true, makesKeys: false);
        target.KeyFormats = [format];
        await using var plant = await PushPlant.StartAsync(target);
        await plant.SucceedAsync();
        var request = (await plant.RequestsAsync()).ShouldHaveSingleItem();
        (request.Kind, request.PrivateKeyFormat, request.State).ShouldBe((RequestKind.NewKeyPair, format, RequestState.Accepted));
        request.ProtectedPrivateKey.ShouldBeNull();
        target.Served.Thumbprint.ShouldBe((await plant.IssuedAsync()).ShouldHaveSingleItem().Thumbprint);
    }

    [Fact]
    public async Task A_server_that_can_neither_make_nor_take_keys_is_told_of()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync(transactions: true, makesKeys: false));
        var run = await plant.FailAsync();
        run.Text!.ShouldContain("No key can be made here");
        plant.Target.Calls.ShouldContain("CancelChanges");
        (await plant.IssuedAsync()).ShouldBeEmpty();
        plant.Sync().Outcome.ShouldBe(SyncOutcome.Failing);
    }

    [Fact]
    public async Task The_transaction_of_another_is_waited_for()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        plant.Target.PendingCalls = 3;
        await plant.SucceedAsync();
        plant.Target.PendingCalls.ShouldBe(0);
    }

    [Fact]
    public async Task A_transaction_that_does_not_end_makes_the_run_wait_for_another_time()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync(), o => o.PendingSeconds = 0.1);
        plant.Target.PendingCalls = int.MaxValue;
        var run = await plant.FailAsync();
        run.Text!.ShouldContain("BadTransactionPending");
        plant.Sync().Outcome.ShouldBe(SyncOutcome.Waiting);
        (await plant.Targets.GetAsync(Callers.Admin, plant.ApplicationId, CancellationToken.None)).RetryAt.ShouldNotBeNull();
        plant.Target.PendingCalls = 0;
        await plant.SucceedAsync();
        (await plant.Targets.GetAsync(Callers.Admin, plant.ApplicationId, CancellationToken.None)).FailedRuns.ShouldBe(0);
    }

    [Fact]
    public async Task A_lost_answer_of_ApplyChanges_is_made_up_by_a_look()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        plant.Target.LosesAnswerOfApply = true;
        var run = await plant.SucceedAsync();
        run.Steps.ShouldContain(s => s.Kind == PushStepKind.ApplyChanges && s.Text.Contains("before the answer"));
        plant.Target.Served.Thumbprint.ShouldBe((await plant.IssuedAsync()).ShouldHaveSingleItem().Thumbprint);
    }

    [Fact]
    public async Task What_was_not_put_into_force_is_given_again_with_the_same_certificate()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync(), o => o.ReturnSeconds = 0.3);
        (plant.Target.LosesAnswerOfApply, plant.Target.IgnoresApply) = (true, true);
        (await plant.FailAsync()).Text!.ShouldContain("lost");
        (await plant.RequestsAsync()).ShouldHaveSingleItem().State.ShouldBe(RequestState.Completed);
        (plant.Target.LosesAnswerOfApply, plant.Target.IgnoresApply) = (false, false);
        await plant.SucceedAsync();
        plant.Target.Served.Thumbprint.ShouldBe((await plant.IssuedAsync()).ShouldHaveSingleItem().Thumbprint);
        (await plant.RequestsAsync()).ShouldHaveSingleItem().State.ShouldBe(RequestState.Accepted);
    }

    [Fact]
    public async Task An_announced_restart_is_waited_for()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync(transactions: true, applyTakes: TimeSpan.FromSeconds(1.5)), o => o.ReturnSeconds = 0.3);
        plant.Target.SecondsTillShutdown = 60;
        var run = await plant.SucceedAsync();
        run.Steps.ShouldContain(s => s.Kind == PushStepKind.ApplyChanges && s.Text.Contains("starts again in 60 s"));
    }

    [Fact]
    public async Task A_certificate_that_the_server_refuses_is_revoked_once_another_is_in_use()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        plant.Target.RefusesCertificate = StatusCodes.BadCertificateInvalid;
        (await plant.FailAsync()).Text!.ShouldContain("UpdateCertificate");
        (await plant.FailAsync()).Text!.ShouldContain("BadCertificateInvalid");
        plant.Target.RefusesCertificate = null;
        await plant.SucceedAsync();
        var issued = await plant.IssuedAsync();
        issued.Count(c => c.State == CertificateState.Issued).ShouldBe(1);
        issued.Single(c => c.State == CertificateState.Issued).Thumbprint.ShouldBe(plant.Target.Served.Thumbprint);
        issued.Where(c => c.State != CertificateState.Issued).ShouldAllBe(c => c.State == CertificateState.Revoked && c.RevocationCause == RevocationCause.Superseded);
        (await plant.RequestsAsync()).ShouldAllBe(r => !r.IsOpen);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_given_does_not_keep_the_trust_list_away()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        plant.Target.RefusesCertificate = StatusCodes.BadCertificateInvalid;
        var run = await plant.FailAsync();
        run.Text!.ShouldContain("UpdateCertificate");
        TrustListPlan.Same(plant.Target.List, plant.Intended()).ShouldBeTrue(PushPlant.Tell(run));
        (plant.Sync().Outcome, plant.Sync().TrustListUpdatedAt).ShouldBe((SyncOutcome.Failing, plant.Gds.TrustLists.Peek(null).LastUpdateTime));
        plant.Target.Served.Sha256.ShouldBe(plant.Target.FirstSha256);
    }

    [Fact]
    public async Task A_certificate_that_was_revoked_is_replaced_only_when_a_person_asks_for_it()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.SucceedAsync();
        var issued = (await plant.IssuedAsync()).ShouldHaveSingleItem();
        await plant.Gds.Certificates.RevokeAsync(Callers.Admin, issued.SerialNumber, RevocationCause.KeyCompromise, CancellationToken.None);
        plant.Target.ServeFirst();
        var run = await plant.FailAsync();
        run.Text!.ShouldSatisfyAllConditions(t => t.ShouldContain(issued.Thumbprint!), t => t.ShouldContain("revoked"), t => t.ShouldContain("--renew"));
        TrustListPlan.Same(plant.Target.List, plant.Intended()).ShouldBeTrue(PushPlant.Tell(run));
        plant.Target.Served.Sha256.ShouldBe(plant.Target.FirstSha256);

        await plant.SucceedAsync(renew: true);
        var now = await plant.IssuedAsync();
        now.Count.ShouldBe(2);
        plant.Target.Served.Thumbprint.ShouldBe(now[1].Thumbprint);
    }

    [Fact]
    public async Task Another_server_at_the_address_gets_nothing()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        plant.Target.ApplicationUriProperty = "urn:somebody:else";
        (await plant.FailAsync()).Text!.ShouldContain("urn:somebody:else");
        plant.Target.Calls.ShouldNotContain("CreateSigningRequest");
        (await plant.IssuedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_server_refused_reaches_the_inbox()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        var stranger = SelfSignedCertificate.Create("urn:stranger", SubjectName.Build("stranger"), ["s"], [], Sample.Key, TimeSpan.FromDays(9), TimeProvider.System);
        plant.Target.Rejected.Add(stranger.Der);
        await plant.SucceedAsync();
        (await plant.Gds.Get<RejectedInbox>().GetAsync(Callers.Admin, stranger.Thumbprint, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_the_server_refused_reaches_the_inbox_while_nothing_is_pushed()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        await plant.SucceedAsync();
        var runs = (await plant.Runs.ListAsync(Callers.Admin, plant.ApplicationId, 100, CancellationToken.None)).Count;
        var calls = plant.Target.Calls.Count;
        var stranger = SelfSignedCertificate.Create("urn:stranger", SubjectName.Build("stranger"), ["s"], [], Sample.Key, TimeSpan.FromDays(9), TimeProvider.System);
        plant.Target.Rejected.Add(stranger.Der);

        await plant.Gds.Get<RejectedLook>().RunAsync(CancellationToken.None);

        (await plant.Gds.Get<RejectedInbox>().GetAsync(Callers.Admin, stranger.Thumbprint, CancellationToken.None)).ShouldNotBeNull();
        plant.Target.Calls.Skip(calls).ShouldBe(["GetRejectedList"]);
        (await plant.Runs.ListAsync(Callers.Admin, plant.ApplicationId, 100, CancellationToken.None)).Count.ShouldBe(runs);
    }

    [Fact]
    public async Task Of_a_long_rejected_list_the_inbox_takes_first_what_it_does_not_know()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        for (var i = 0; i <= Finding.MostInReport; i++)
            plant.Target.Rejected.Add(SelfSignedCertificate.Create($"urn:stranger:{i}", SubjectName.Build($"stranger {i}"), ["s"], [], Sample.Key, TimeSpan.FromDays(9), TimeProvider.System).Der);
        var look = plant.Gds.Get<RejectedLook>();
        var inbox = plant.Gds.Get<RejectedInbox>();

        await look.RunAsync(CancellationToken.None);
        inbox.List(Callers.Admin, null, 1000).Count.ShouldBe(Finding.MostInReport);
        await look.RunAsync(CancellationToken.None);
        inbox.List(Callers.Admin, null, 1000).Count.ShouldBe(Finding.MostInReport + 1);
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_of()
    {
        await using var plant = await PushPlant.StartAsync(await ScriptedTarget.StartAsync());
        plant.Target.Relay.Block();
        var run = await plant.FailAsync();
        run.Steps.ShouldHaveSingleItem().Kind.ShouldBe(PushStepKind.Connect);
        plant.Sync().Outcome.ShouldBe(SyncOutcome.Failing);
    }
}
