using System.Net;
using Gds.Core;
using Gds.Core.Agents;
using Gds.Core.Sync;
using Gds.Core.TrustLists;
using Gds.Store;
using Gds.Web.Client;
using Gds.Web.Records;
using Pki;

namespace Gds.Web.Tests;

/// <summary>How members stand, and the inbox, by the socket.</summary>
public sealed class SyncRouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static int s_last;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private GdsApiClient Client => api.Client;

    [Fact]
    public async Task How_members_stand_is_told_for_each_for_all_and_in_the_health()
    {
        var (app, self) = await RegisterAsync();
        await RegisterAsync();
        var member = (await Client.GetAsync($"/applications/{app.Id}/sync", GdsJson.Default.IReadOnlyListMemberJson, Ct)).Single();
        (member.State, member.Confirmed).ShouldBe((SyncState.NeverSeen, null));
        await ReportAsync(app, self, SyncOutcome.Failing, "the disk is full");

        var failing = (await Client.GetAsync("/sync/members?state=Failing", GdsJson.Default.IReadOnlyListMemberJson, Ct)).Single(m => m.ApplicationId == app.Id);
        (failing.Reason, failing.Confirmed!.ReportedBy).ShouldBe(("the disk is full", app.ApplicationUri));
        (await Client.GetAsync("/sync/members?state=NeverSeen", GdsJson.Default.IReadOnlyListMemberJson, Ct)).ShouldNotContain(m => m.ApplicationId == app.Id);
        (await Client.GetAsync("/sync/members?overdue=true", GdsJson.Default.IReadOnlyListMemberJson, Ct)).ShouldBeEmpty();
        var sync = await Client.GetAsync("/sync", GdsJson.Default.SyncJson, Ct);
        sync.Failing.ShouldBeGreaterThanOrEqualTo(1);
        sync.Worst.ShouldContain(m => m.ApplicationId == app.Id);
        var health = await Client.GetAsync("/health", GdsJson.Default.HealthJson, Ct);
        health.Sync.Failing.ShouldBe(sync.Failing);

        await ReportAsync(app, self, SyncOutcome.InSync, null);
        (await Client.GetAsync($"/applications/{app.Id}/sync", GdsJson.Default.IReadOnlyListMemberJson, Ct)).Single().State.ShouldBe(SyncState.InSync);
        await Refused(Client.GetAsync($"/applications/{Guid.NewGuid()}/sync", GdsJson.Default.IReadOnlyListMemberJson, Ct), HttpStatusCode.NotFound);
        (await Refused(Client.GetAsync("/sync/members?state=Lost", GdsJson.Default.IReadOnlyListMemberJson, Ct), HttpStatusCode.BadRequest)).ShouldContain("NeverSeen");
    }

    [Fact]
    public async Task The_inbox_is_listed_shown_trusted_and_dismissed()
    {
        var (app, self) = await RegisterAsync();
        var (first, second) = (SelfSigned(), SelfSigned());
        await api.Get<RejectedInbox>().ReportAsync(self, app.Id, [Finding.Rejected(first.Der), new(FindingKind.Drift, FindingPolicy.Offered, second.Der)], Ct);
        (await Client.GetAsync("/inbox?state=Open", GdsJson.Default.IReadOnlyListInboxJson, Ct)).Select(c => c.Thumbprint).ShouldBe([first.Thumbprint, second.Thumbprint], ignoreOrder: true);
        (await Client.GetAsync("/health", GdsJson.Default.HealthJson, Ct)).OpenInInbox.ShouldBe(2);

        var shown = await Client.GetAsync($"/inbox/{second.Thumbprint}", GdsJson.Default.InboxJson, Ct);
        shown.Certificate.ShouldBe(second.Der);
        shown.Objections.ShouldBeEmpty();
        (shown.SeenAt.Single().ApplicationUri, shown.SeenAt.Single().Policy).ShouldBe((app.ApplicationUri, FindingPolicy.Offered));

        var trusted = await Client.PostAsync(
            $"/inbox/{second.Sha256}/trust", new InboxTrustJson(null, false, null), GdsJson.Default.InboxTrustJson, GdsJson.Default.InboxJson, Ct);
        (trusted.State, trusted.TrustedIn).ShouldBe((InboxState.Trusted, "DefaultApplicationGroup"));
        api.Get<GroupTrustLists>().Peek(null).TrustedCertificates.ShouldContain(der => der.SequenceEqual(second.Der));
        (await Client.PostAsync($"/inbox/{first.Thumbprint}/dismiss", GdsJson.Default.InboxJson, Ct)).State.ShouldBe(InboxState.Dismissed);
        (await Client.GetAsync("/inbox?state=Open", GdsJson.Default.IReadOnlyListInboxJson, Ct)).ShouldBeEmpty();
        (await Client.GetAsync("/inbox", GdsJson.Default.IReadOnlyListInboxJson, Ct)).Count.ShouldBe(2);

        await Refused(Client.PostAsync($"/inbox/{first.Thumbprint}/dismiss", GdsJson.Default.InboxJson, Ct), HttpStatusCode.Conflict);
        await Refused(Client.GetAsync("/inbox/0000", GdsJson.Default.InboxJson, Ct), HttpStatusCode.NotFound);
        (await Refused(
            Client.PostAsync($"/inbox/{first.Thumbprint}/trust", new InboxTrustJson("Nowhere", false, null), GdsJson.Default.InboxTrustJson, GdsJson.Default.InboxJson, Ct),
            HttpStatusCode.BadRequest)).ShouldContain("Nowhere");
    }

    [Fact]
    public async Task A_trust_list_is_listed_added_to_and_taken_from()
    {
        const string list = "/groups/DefaultApplicationGroup/trust-list";
        var foreign = SelfSigned();
        var ours = (await Client.GetAsync(list, GdsJson.Default.IReadOnlyListTrustListItemJson, Ct))[0];
        (ours.IsAuthority, ours.IsTrusted, ours.AddedBy).ShouldBe((true, true, null));
        ours.CrlEndsAt.ShouldNotBeNull();

        var order = new TrustListOrderJson(foreign.Der, AsIssuer: false, null);
        var added = (await Client.PostAsync(list, order, GdsJson.Default.TrustListOrderJson, GdsJson.Default.IReadOnlyListTrustListItemJson, Ct)).Single(i => i.Thumbprint == foreign.Thumbprint);
        (added.IsAuthority, added.IsTrusted, added.Certificate.SequenceEqual(foreign.Der)).ShouldBe((false, true, true));
        added.AddedBy!.ShouldStartWith("local:");
        api.Get<GroupTrustLists>().Peek(null).TrustedCertificates.ShouldContain(der => der.SequenceEqual(foreign.Der));

        (await Refused(Client.DeleteAsync($"{list}/{foreign.Thumbprint}?issuer=true", Ct), HttpStatusCode.BadRequest)).ShouldContain("It is in the trusted part");
        (await Refused(Client.DeleteAsync($"{list}/{ours.Thumbprint}", Ct), HttpStatusCode.Conflict)).ShouldContain("our own CA");
        await Client.DeleteAsync($"{list}/{string.Join(':', foreign.Thumbprint.Chunk(2).Select(c => new string(c)))}", Ct);
        api.Get<GroupTrustLists>().Peek(null).TrustedCertificates.ShouldNotContain(der => der.SequenceEqual(foreign.Der));
        (await Refused(Client.GetAsync("/groups/none/trust-list", GdsJson.Default.IReadOnlyListTrustListItemJson, Ct), HttpStatusCode.BadRequest)).ShouldContain("none");
    }

    [Fact]
    public async Task An_application_is_let_administer_another_and_not_any_more()
    {
        var (agent, _) = await RegisterAsync();
        var (gateway, _) = await RegisterAsync();
        var path = $"/applications/{agent.Id}/administers/{gateway.Id}";
        (await Client.PostAsync(path, GdsJson.Default.ApplicationJson, Ct)).Administers.ShouldBe([gateway.Id]);
        await Client.DeleteAsync(path, Ct);
        (await Client.GetAsync($"/applications/{agent.Id}", GdsJson.Default.ApplicationJson, Ct)).Administers.ShouldBeEmpty();
        await Refused(Client.PostAsync($"/applications/{agent.Id}/administers/{agent.Id}", GdsJson.Default.ApplicationJson, Ct), HttpStatusCode.BadRequest);
        await Refused(Client.PostAsync($"/applications/{agent.Id}/administers/{Guid.NewGuid()}", GdsJson.Default.ApplicationJson, Ct), HttpStatusCode.NotFound);
    }

    private static ApplicationCertificate SelfSigned()
    {
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        return SelfSignedCertificate.Create($"urn:foreign:{Next()}", SubjectName.Build("Foreign"), ["h"], [], key, TimeSpan.FromDays(30), TimeProvider.System);
    }

    private static int Next() => Interlocked.Increment(ref s_last);

    private Task ReportAsync(ApplicationJson app, Caller self, SyncOutcome outcome, string? text) => api.Get<SyncRegister>().ReportAsync(
        self, new SyncReport(app.Id, "", outcome, null, api.Get<GroupTrustLists>().Peek(null).LastUpdateTime, null, text), Ct);

    private async Task<(ApplicationJson App, Caller Self)> RegisterAsync()
    {
        var uri = $"urn:plant:synced-{Next()}";
        var registration = new RegistrationJson(uri, ApplicationType.Server, [new NameJson(null, "Gateway")], "urn:vendor", ["opc.tcp://gateway:4840"], ["DA"]);
        var app = await Client.PostAsync("/applications", registration, GdsJson.Default.RegistrationJson, GdsJson.Default.ApplicationJson, Ct);
        return (app, new Caller { Who = uri, Origin = "10.0.0.7", Channel = ChannelMode.SignAndEncrypt, Application = new(uri, "5E1F", true) });
    }

    private static async Task<string> Refused(Task call, HttpStatusCode status)
    {
        var problem = await Should.ThrowAsync<GdsApiProblem>(call);
        problem.Status.ShouldBe(status, problem.Message);
        return problem.Message;
    }
}
