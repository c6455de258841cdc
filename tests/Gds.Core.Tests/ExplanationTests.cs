using Gds.Core.Applications;
using Gds.Core.Explaining;
using Gds.Core.Sync;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;
using Ua.Security.Certificates;

namespace Gds.Core.Tests;

/// <summary>What the GDS says about two applications; each situation is made by the use cases themselves.</summary>
public class ExplanationTests
{
    private const string Server = "urn:plant:gateway", Client = "urn:plant:client";

    [Fact]
    public async Task Two_members_with_certificates_accept_each_other()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        var explanation = await ExplainAsync(gds);
        explanation.Possible.ShouldBeTrue(explanation.Verdict);
        explanation.Cause.ShouldBe(Cause.None);
        var direction = explanation.Directions.ShouldHaveSingleItem();
        (direction.Client, direction.Server, direction.EndpointUrl).ShouldBe((Client, Server, "opc.tcp://gateway.plant:4840"));
        direction.Judgements.Select(j => (j.Judge, j.Role)).ShouldBe([(Server, PeerRole.Client), (Client, PeerRole.Server)]);
        direction.Judgements[1].Steps.Select(s => s.Step).Distinct().ShouldBe(Enum.GetValues<ValidationStep>());
        direction.Judgements[1].Steps.ShouldContain(s => s.Source != null && s.Source.Contains("CRL no. 1 of the trust list of DefaultApplicationGroup (version"), "the row that the step rests on");
        explanation.Peer.Certificate!.IssuedFor.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_order_of_the_two_does_not_matter_and_ids_are_as_good_as_URIs()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (server, client) = await PairAsync(gds);
        (await gds.Get<PeerExplanations>().ExplainAsync(Callers.Admin, client.ToString(), server.ToString(), default)).Possible.ShouldBeTrue();
    }

    [Fact]
    public async Task A_certificate_that_was_never_asked_for_is_missing()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds, withClientCertificate: false);
        (await BlockedAsync(gds, Cause.CertificateNeverIssued)).Text.ShouldContain(Client);
    }

    [Fact]
    public async Task A_request_that_waits_is_named()
    {
        await using var gds = await GdsFixture.StartAsync(o => o.ApproveForAdmins = false);
        var server = await RegisterAsync(gds, Sample.Server());
        await RegisterAsync(gds, Sample.Client());
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, server, null, null, Sample.Csr(), default);
        var reason = await BlockedAsync(gds, Cause.CertificateNeverIssued);
        reason.Text.ShouldContain(request.ToString());
        reason.Text.ShouldContain(nameof(RequestState.New));
    }

    [Fact]
    public async Task A_certificate_that_was_not_collected_is_not_there_yet()
    {
        await using var gds = await GdsFixture.StartAsync();
        var server = await RegisterAsync(gds, Sample.Server());
        await RegisterAsync(gds, Sample.Client());
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, server, null, null, Sample.Csr(), default);
        (await BlockedAsync(gds, Cause.CertificateNotCollected)).Text.ShouldContain(request.ToString());
    }

    [Fact]
    public async Task A_revoked_certificate_says_when_and_by_whom()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        var thumbprint = (await ExplainAsync(gds)).Application.Certificate!.Thumbprint;
        await gds.Certificates.RevokeAsync(Callers.Admin, thumbprint, RevocationCause.KeyCompromise, default);
        var reason = await BlockedAsync(gds, Cause.CertificateRevoked);
        reason.Text.ShouldContain("2026-03-01");
        reason.Text.ShouldContain("KeyCompromise");
        reason.Text.ShouldContain("CRL no. 2 of the trust list of DefaultApplicationGroup");
        var row = (await ExplainAsync(gds)).Application.Certificate!;
        (row.RevokedBy, row.RevocationCause, row.State).ShouldBe(("ann", RevocationCause.KeyCompromise, CertificateState.Revoked));
    }

    [Fact]
    public async Task An_expired_certificate_is_named_with_its_end()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        gds.Time.Advance(TimeSpan.FromDays(400));
        var explanation = await ExplainAsync(gds);
        explanation.Possible.ShouldBeFalse();
        var reason = explanation.Reasons.First(r => r.Cause == Cause.CertificateExpired);
        reason.Text.ShouldContain("expired on 2027-");
    }

    [Fact]
    public async Task A_revocation_list_that_ended_stops_both_sides_and_the_list_itself()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        gds.Time.Advance(TimeSpan.FromDays(35));
        (await BlockedAsync(gds, Cause.RevocationListExpired)).Text.ShouldContain("expired on 2026-03-");
        (await ExplainAsync(gds)).Reasons.ShouldContain(r => r.Weight == ReasonWeight.Warns && r.Text.Contains("is not handed out"));
    }

    [Fact]
    public async Task A_revocation_list_about_to_end_is_told_before()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        gds.Time.Advance(TimeSpan.FromDays(29));
        var explanation = await ExplainAsync(gds);
        explanation.Possible.ShouldBeTrue(explanation.Verdict);
        explanation.Reasons.ShouldContain(r => r.Cause == Cause.RevocationListEndsSoon);
    }

    [Fact]
    public async Task An_application_that_was_removed_is_remembered_by_its_certificate()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (_, client) = await PairAsync(gds);
        await gds.Directory.UnregisterAsync(Callers.Admin, client, default);
        var reason = await BlockedAsync(gds, Cause.ApplicationRemoved);
        reason.Text.ShouldContain(Client);
        reason.Text.ShouldContain("revoked on 2026-03-01");
    }

    [Fact]
    public async Task Two_clients_have_no_endpoint_and_two_servers_nobody_who_connects()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        await RegisterAsync(gds, Sample.Client("urn:plant:other-client"));
        await RegisterAsync(gds, Sample.Server("urn:plant:other-server", "opc.tcp://other.plant:4840"));
        (await ExplainAsync(gds, Client, "urn:plant:other-client")).Reasons.ShouldContain(r => r.Cause == Cause.NoServer);
        (await ExplainAsync(gds, Server, "urn:plant:other-server")).Reasons.ShouldContain(r => r.Cause == Cause.NoClient);
    }

    [Fact]
    public async Task A_discovery_URL_that_the_certificate_does_not_name_is_found()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (server, _) = await PairAsync(gds);
        await gds.Directory.UpdateAsync(Callers.Admin, server, Sample.Server(Server, "opc.tcp://moved.plant:4840"), default);
        var reason = await BlockedAsync(gds, Cause.HostNameWrong);
        reason.Text.ShouldContain("'moved.plant'");
        reason.Text.ShouldContain("'gateway.plant'");
    }

    [Fact]
    public async Task A_further_discovery_URL_outside_of_the_certificate_is_a_warning()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        var explanation = await ExplainAsync(gds);
        explanation.Reasons.ShouldContain(r => r.Cause == Cause.AddressWrong && r.Weight == ReasonWeight.Warns && r.Text.Contains("opc.tcp://10.0.0.5:4840"));
    }

    [Fact]
    public async Task Members_of_different_groups_have_no_authority_in_common()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (_, client) = await PairAsync(gds);
        await gds.QueryAsync(async db =>
        {
            var other = new CertificateGroup("OtherGroup", 12557, gds.Time.GetUtcNow().UtcDateTime);
            db.CertificateGroups.Add(other);
            await db.SaveChangesAsync();
            await db.GroupMemberships.Where(m => m.ApplicationId == client).ExecuteDeleteAsync();
            db.GroupMemberships.Add(new GroupMembership(client, other.Id, gds.Time.GetUtcNow().UtcDateTime));
            return await db.SaveChangesAsync();
        });
        await gds.RestartAsync();
        var reason = await BlockedAsync(gds, Cause.NoCommonGroup);
        reason.Text.ShouldContain("OtherGroup");
        reason.Text.ShouldContain("DefaultApplicationGroup");
    }

    [Fact]
    public async Task A_member_without_group_has_no_trust_list()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (_, client) = await PairAsync(gds);
        await gds.QueryAsync(db => db.GroupMemberships.Where(m => m.ApplicationId == client).ExecuteDeleteAsync());
        await gds.RestartAsync();
        (await BlockedAsync(gds, Cause.NotInGroup)).Text.ShouldContain(Client);
    }

    [Fact]
    public async Task A_foreign_authority_whose_list_ended_stops_its_certificate()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds, withClientCertificate: false);
        var key = Sample.Key;
        var authority = Foreign.Authority("Vendor CA", key);
        var leaf = ForeignLeaf(authority, key);
        await gds.TrustLists.AddAsync(Callers.Admin, null, authority.Der, trusted: true, [Foreign.Crl(authority, key, days: 5)], default);
        await gds.TrustLists.AddAsync(Callers.Admin, null, leaf.Der, trusted: true, [], default);
        (await ExplainAsync(gds)).Possible.ShouldBeTrue((await ExplainAsync(gds)).Verdict);
        gds.Time.Advance(TimeSpan.FromDays(6));
        var reason = await BlockedAsync(gds, Cause.RevocationListExpired);
        reason.Text.ShouldContain("Vendor CA");
        reason.Text.ShouldContain("added by ann");
    }

    [Fact]
    public async Task What_was_confirmed_is_told_where_it_is_not_what_is_intended()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (server, _) = await PairAsync(gds);
        var used = (await ExplainAsync(gds)).Application.Certificate!.Thumbprint;
        var had = gds.TrustLists.Peek(null).LastUpdateTime;
        await gds.Get<SyncRegister>().ReportAsync(Callers.Application(Server, used), new SyncReport(server, "DefaultApplicationGroup", SyncOutcome.InSync, used, had, null, null), default);
        gds.Time.Advance(TimeSpan.FromMinutes(15));
        await RegisterWithCertificateAsync(gds, Sample.Client("urn:plant:third"), "urn:plant:third");
        await gds.Certificates.RevokeAsync(Callers.Admin, (await ExplainAsync(gds, Server, "urn:plant:third")).Peer.Certificate!.Thumbprint, RevocationCause.Superseded, default);

        var explanation = await ExplainAsync(gds);

        explanation.Possible.ShouldBeTrue(explanation.Verdict);
        var late = explanation.Reasons.Single(r => r.Cause == Cause.NotYetConfirmed);
        late.Text.ShouldContain($"{Server} still has the trust list of DefaultApplicationGroup of {had:yyyy-MM-dd HH:mm:ss}Z");
        late.Text.ShouldContain("2026-03-01 12:15:00Z");
    }

    [Fact]
    public async Task An_update_that_fails_is_told_with_its_words()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (server, _) = await PairAsync(gds);
        var used = (await ExplainAsync(gds)).Application.Certificate!.Thumbprint;
        await gds.Get<SyncRegister>().ReportAsync(Callers.Application(Server, used), new SyncReport(server, "DefaultApplicationGroup", SyncOutcome.Failing, null, null, null, "The disk is full."), default);
        (await ExplainAsync(gds)).Reasons.ShouldContain(r => r.Cause == Cause.UpdateFails && r.Text.Contains("The disk is full."));
    }

    [Fact]
    public async Task Nobody_of_that_name_is_not_found_and_one_alone_is_no_pair()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        (await Should.ThrowAsync<GdsProblem>(() => ExplainAsync(gds, Server, "urn:plant:nobody"))).Kind.ShouldBe(ProblemKind.NotFound);
        (await Should.ThrowAsync<GdsProblem>(() => ExplainAsync(gds, Server, Guid.NewGuid().ToString()))).Kind.ShouldBe(ProblemKind.NotFound);
        (await Should.ThrowAsync<GdsProblem>(() => ExplainAsync(gds, Server, Server))).Kind.ShouldBe(ProblemKind.InvalidArgument);
    }

    [Fact]
    public async Task Only_somebody_with_a_role_is_told()
    {
        await using var gds = await GdsFixture.StartAsync();
        await PairAsync(gds);
        (await Should.ThrowAsync<GdsProblem>(() => gds.Get<PeerExplanations>().ExplainAsync(Callers.With(GdsRoles.None), Server, Client, default))).Kind.ShouldBe(ProblemKind.AccessDenied);
    }

    private static Task<Explanation> ExplainAsync(GdsFixture gds, string application = Server, string peer = Client) =>
        gds.Get<PeerExplanations>().ExplainAsync(Callers.Admin, application, peer, TestContext.Current.CancellationToken);

    private static async Task<Reason> BlockedAsync(GdsFixture gds, Cause cause)
    {
        var explanation = await ExplainAsync(gds);
        explanation.Possible.ShouldBeFalse();
        explanation.Cause.ShouldBe(cause, explanation.Verdict);
        explanation.Reasons[0].ToDo.ShouldBe(Advice.For(cause));
        return explanation.Reasons[0];
    }

    private static async Task<(Guid Server, Guid Client)> PairAsync(GdsFixture gds, bool withClientCertificate = true)
    {
        var server = await RegisterWithCertificateAsync(gds, Sample.Server(), Server);
        var client = withClientCertificate ? await RegisterWithCertificateAsync(gds, Sample.Client(), Client) : await RegisterAsync(gds, Sample.Client());
        return (server, client);
    }

    private static Task<Guid> RegisterAsync(GdsFixture gds, ApplicationRegistration registration) => gds.Directory.RegisterAsync(Callers.Admin, registration, default);

    private static async Task<Guid> RegisterWithCertificateAsync(GdsFixture gds, ApplicationRegistration registration, string uri)
    {
        var id = await RegisterAsync(gds, registration);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(uri, dns: registration.DiscoveryUrls is { Count: > 0 } ? ["gateway.plant"] : []), default);
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default);
        return id;
    }

    private static ApplicationCertificate ForeignLeaf(ApplicationCertificate authority, KeyPair key)
    {
        var contents = new CertificateContents
        {
            SerialNumber = SerialNumbers.Create(),
            Issuer = authority.Name,
            Subject = SubjectName.Parse("CN=Client"),
            NotBefore = GdsFixture.Start.AddDays(-1),
            NotAfter = GdsFixture.Start.AddDays(300),
            PublicKey = key.PublicKey,
            KeyUsages = CertificateUsages.RsaApplication,
            AlternativeNames = AlternativeNames.Create(Client, [], []),
            AuthorityKeyIdentifier = authority.PublicKey.KeyIdentifier,
        };
        return ApplicationCertificate.Parse(CertificateContents.Sign(contents.Encode(key.SignatureAlgorithm), key));
    }
}
