using Gds.Core.Tokens;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Ua.Gds;

namespace Gds.Core.Tests;

public sealed class TokenTests
{
    private const string Agent = "urn:plant:agent";

    private static async Task<(EnrolmentString Text, Guid Id)> CreateAsync(GdsFixture gds, int uses = 1, params string[] patterns)
    {
        var created = await gds.Tokens.CreateAsync(Callers.Admin, new TokenOrder(uses, TimeSpan.FromHours(1), patterns, "line 1"), "opc.tcp://gds.plant:58810", new byte[32], default);
        EnrolmentString.TryParse(created.Text, out var text, out string? _).ShouldBeTrue();
        return (text!, created.Token.Id);
    }

    private static Task<EnrolmentGrant> RedeemAsync(GdsFixture gds, EnrolmentString text, string uri = Agent, string thumbprint = "AA")
        => gds.Tokens.RedeemAsync(text.TokenId, text.Secret, new(uri, thumbprint, Trusted: false), "10.0.0.7", default);

    [Fact]
    public async Task An_agent_enrols_itself_and_what_it_administers_with_one_string()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds);
        var agent = Callers.Enrolling(await RedeemAsync(gds, text), Agent, "AA");
        var own = await gds.Directory.RegisterAsync(agent, Sample.Client(Agent), default);
        var gateway = await gds.Directory.RegisterAsync(agent, Sample.Server(), default);
        gds.Directory.ManagedBy(own).ShouldBe([gateway]);
        foreach (var (id, csr) in new[] { (own, Sample.Csr(Agent, dns: [])), (gateway, Sample.Csr()) })
        {
            var request = await gds.Requests.StartSigningRequestAsync(agent, id, null, null, csr, default);
            (await gds.Delivery.FinishAsync(agent, id, request, default)).Certificate.ShouldNotBeEmpty();
            (await gds.Certificates.GetCertificateGroupsAsync(agent, id, default)).ShouldBe(["DefaultApplicationGroup"]);
        }
        (await gds.TrustLists.ReadAsync(agent, null, default)).TrustedCertificates.Count.ShouldBe(1);
        gds.Directory.Get(own).EnrolledByToken.ShouldBe(text.TokenId);
        gds.Directory.Get(gateway).RegisteredBy.ShouldBe(Agent);
    }

    [Theory]
    [InlineData("urn:host-7:gateway-agent:0a1b2c3d", true)]
    [InlineData("urn:host-7:scada", false)]
    public async Task A_token_for_gateways_lets_the_agent_that_brings_it_register_itself(string uri, bool allowed)
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds, 1, "urn:press-7:%");
        var bearer = Callers.Enrolling(await RedeemAsync(gds, text, uri), uri, "AA");
        if (allowed) (await gds.Directory.RegisterAsync(bearer, Sample.Client(uri), default)).ShouldNotBe(Guid.Empty);
        else await gds.Directory.RegisterAsync(bearer, Sample.Client(uri), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Directory.RegisterAsync(bearer, Sample.Client("urn:other:gateway-agent:1"), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
    }

    [Fact]
    public async Task What_an_agent_administers_it_registers_after_itself()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds);
        var agent = Callers.Enrolling(await RedeemAsync(gds, text), Agent, "AA");
        await gds.Directory.RegisterAsync(agent, Sample.Server(), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied, "your own application");
    }

    [Fact]
    public async Task A_use_is_a_client_certificate_and_coming_back_is_none()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds, uses: 2);
        await RedeemAsync(gds, text);
        await RedeemAsync(gds, text);
        await RedeemAsync(gds, text, "urn:plant:agent2", "BB");
        await RedeemAsync(gds, text, "urn:plant:agent3", "CC").ShouldBeRefusedAsync(ProblemKind.CredentialsRejected, "2 times");
        await RedeemAsync(gds, text);
        (await gds.Tokens.ListAsync(Callers.Admin, default)).Single().Uses.Select(u => u.ClientUri).ShouldBe([Agent, "urn:plant:agent2"]);
    }

    [Fact]
    public async Task A_name_that_enrolled_cannot_be_taken_over_with_another_certificate()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds, uses: 5);
        await RedeemAsync(gds, text);
        await RedeemAsync(gds, text, Agent, "BB").ShouldBeRefusedAsync(ProblemKind.CredentialsRejected, "another certificate");
    }

    [Fact]
    public async Task An_agent_that_got_its_certificate_may_come_back_with_that()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds);
        var agent = Callers.Enrolling(await RedeemAsync(gds, text), Agent, "AA");
        var own = await gds.Directory.RegisterAsync(agent, Sample.Client(Agent), default);
        var request = await gds.Requests.StartSigningRequestAsync(agent, own, null, null, Sample.Csr(Agent, dns: []), default);
        var certificate = Pki.ApplicationCertificate.Parse((await gds.Delivery.FinishAsync(agent, own, request, default)).Certificate);
        await RedeemAsync(gds, text, Agent, certificate.Thumbprint);
        (await gds.Tokens.ListAsync(Callers.Admin, default)).Single().Uses.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("unknown", "not known")]
    [InlineData("wrong secret", "not known")]
    [InlineData("expired", "expired")]
    [InlineData("revoked", "revoked")]
    public async Task A_token_that_is_not_good_lets_nobody_in(string how, string text)
    {
        await using var gds = await GdsFixture.StartAsync();
        var (token, id) = await CreateAsync(gds);
        var secret = token.Secret.ToArray();
        if (how == "unknown") id = Guid.NewGuid();
        if (how == "wrong secret") secret[0] ^= 1;
        if (how == "expired") gds.Time.Advance(TimeSpan.FromHours(1));
        if (how == "revoked") await gds.Tokens.RevokeAsync(Callers.Admin, id, default);
        await gds.Tokens.RedeemAsync(id, secret, new(Agent, "AA", false), "10.0.0.7", default).ShouldBeRefusedAsync(ProblemKind.CredentialsRejected, text);
        (await gds.AuditAsync("token.redeem")).Single().Result.ShouldBe("CredentialsRejected");
    }

    [Fact]
    public async Task A_grant_ends_when_its_token_expires()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds);
        var agent = Callers.Enrolling(await RedeemAsync(gds, text), Agent, "AA");
        var own = await gds.Directory.RegisterAsync(agent, Sample.Client(Agent), default);
        gds.Time.Advance(TimeSpan.FromHours(1));
        await gds.Directory.RegisterAsync(agent, Sample.Server(), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Certificates.GetCertificateGroupsAsync(agent, own, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
    }

    [Fact]
    public async Task A_bound_token_registers_only_what_it_names()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds, 1, Agent, "urn:plant:line1:%");
        var agent = Callers.Enrolling(await RedeemAsync(gds, text), Agent, "AA");
        await gds.Directory.RegisterAsync(agent, Sample.Client(Agent), default);
        await gds.Directory.RegisterAsync(agent, Sample.Server("urn:plant:line1:a"), default);
        await gds.Directory.RegisterAsync(agent, Sample.Server("urn:plant:line2:a"), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied, "urn:plant:line2:a");
        await gds.Directory.RegisterAsync(agent, Sample.Server("urn:plant:LINE1:b"), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
    }

    [Fact]
    public async Task An_agent_enrolled_for_a_pattern_registers_more_of_it_later_with_its_certificate()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds, 1, Agent, "urn:plant:line1:%");
        var enrolling = Callers.Enrolling(await RedeemAsync(gds, text), Agent, "AA");
        var own = await gds.Directory.RegisterAsync(enrolling, Sample.Client(Agent), default);
        var request = await gds.Requests.StartSigningRequestAsync(enrolling, own, null, null, Sample.Csr(Agent, dns: []), default);
        var certificate = Pki.ApplicationCertificate.Parse((await gds.Delivery.FinishAsync(enrolling, own, request, default)).Certificate);
        gds.Time.Advance(TimeSpan.FromDays(30));
        var agent = Callers.Application(Agent, certificate.Thumbprint);
        var later = await gds.Directory.RegisterAsync(agent, Sample.Server("urn:plant:line1:z"), default);
        gds.Directory.ManagedBy(own).ShouldContain(later);
        await gds.Directory.RegisterAsync(agent, Sample.Server("urn:plant:line2:z"), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        // Its first certificate is for a person to approve: the token is over.
        var pending = await gds.Requests.StartSigningRequestAsync(agent, later, null, null, Sample.Csr("urn:plant:line1:z"), default);
        (await gds.Decisions.GetAsync(Callers.Admin, pending, default)).State.ShouldBe(RequestState.New);
    }

    [Fact]
    public async Task A_token_gives_no_power_over_records_that_it_did_not_bring_in()
    {
        await using var gds = await GdsFixture.StartAsync();
        var existing = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:plant:line1:a"), default);
        var (pattern, _) = await CreateAsync(gds, 1, "urn:plant:%");
        var agent = Callers.Enrolling(await RedeemAsync(gds, pattern), Agent, "AA");
        await gds.Requests.StartSigningRequestAsync(agent, existing, null, null, Sample.Csr("urn:plant:line1:a"), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Directory.UnregisterAsync(agent, existing, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        // Named in full it does: an administrator made the token for this very application.
        var (exact, _) = await CreateAsync(gds, 1, "urn:plant:line1:a");
        var named = Callers.Enrolling(await RedeemAsync(gds, exact, "urn:plant:line1:a", "BB"), "urn:plant:line1:a", "BB");
        await gds.Requests.StartSigningRequestAsync(named, existing, null, null, Sample.Csr("urn:plant:line1:a"), default);
    }

    [Fact]
    public async Task Two_agents_with_one_token_have_no_power_over_each_other()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds, uses: 2);
        var first = Callers.Enrolling(await RedeemAsync(gds, text), Agent, "AA");
        var own = await gds.Directory.RegisterAsync(first, Sample.Client(Agent), default);
        var second = Callers.Enrolling(await RedeemAsync(gds, text, "urn:plant:agent2", "BB"), "urn:plant:agent2", "BB");
        await gds.Directory.UnregisterAsync(second, own, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
    }

    [Fact]
    public async Task The_secret_is_stored_as_a_hash_only()
    {
        await using var gds = await GdsFixture.StartAsync();
        var (text, _) = await CreateAsync(gds);
        var row = await gds.QueryAsync(db => db.EnrolmentTokens.SingleAsync());
        row.SecretHash.ShouldBe(System.Security.Cryptography.SHA256.HashData(text.Secret));
        row.SecretHash.ShouldNotBe(text.Secret);
    }

    public static TheoryData<int, int, string?, string> BadOrders => new()
    {
        { 0, 60, null, "MaxUses" },
        { 10_001, 60, null, "MaxUses" },
        { 1, 0, null, "Lifetime" },
        { 1, 60 * 24 * 400, null, "Lifetime" },
        { 1, 60, "", "Patterns" },
        { 1, 60, "urn:[a", "Pattern" },
    };

    [Theory]
    [MemberData(nameof(BadOrders))]
    public async Task A_token_order_is_checked(int uses, int minutes, string? pattern, string text)
    {
        await using var gds = await GdsFixture.StartAsync();
        var order = new TokenOrder(uses, TimeSpan.FromMinutes(minutes), pattern is null ? null : [pattern], null);
        await gds.Tokens.CreateAsync(Callers.Admin, order, "opc.tcp://g:1", new byte[32], default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, text);
    }

    [Theory]
    [InlineData(GdsRoles.DiscoveryAdmin)]
    [InlineData(GdsRoles.RegistrationAuthorityAdmin)]
    [InlineData(GdsRoles.SecurityAdmin | GdsRoles.CertificateAuthorityAdmin)]
    public async Task A_token_registers_and_approves_so_its_creator_must_be_able_to_do_both(GdsRoles roles)
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Tokens.CreateAsync(Callers.With(roles), new TokenOrder(1, TimeSpan.FromHours(1), null, null), "opc.tcp://g:1", new byte[32], default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
    }
}
