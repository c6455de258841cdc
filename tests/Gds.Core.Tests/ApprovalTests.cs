using Gds.Core.Applications;
using Gds.Core.Tokens;
using Gds.Store;
using Pki;

namespace Gds.Core.Tests;

public sealed class ApprovalTests
{
    private const string Uri = "urn:plant:gateway";

    /// <summary>A gateway with a certificate of ours, as it comes back to renew.</summary>
    private static async Task<(GdsFixture Gds, Guid Id, Caller Self)> CertifiedAsync(Action<GdsCoreOptions>? configure = null, string[]? dns = null)
    {
        var gds = await GdsFixture.StartAsync(configure);
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        return (gds, id, Callers.Application(Uri, await CertifyAsync(gds, id, Sample.Csr(dns: dns))));
    }

    private static async Task<string> CertifyAsync(GdsFixture gds, Guid id, byte[] csr)
    {
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, csr, default);
        if ((await gds.Decisions.GetAsync(Callers.Admin, request, default)).State == RequestState.New) await gds.Decisions.ApproveAsync(Callers.Admin, request, default);
        return ApplicationCertificate.Parse((await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).Certificate).Thumbprint;
    }

    private static async Task<RequestState> StateAsync(GdsFixture gds, Caller caller, Guid id, byte[] csr)
    {
        var request = await gds.Requests.StartSigningRequestAsync(caller, id, null, null, csr, default);
        return (await gds.Decisions.GetAsync(Callers.Admin, request, default)).State;
    }

    [Fact]
    public async Task A_renewal_with_the_own_valid_certificate_needs_no_person()
    {
        var (gds, id, self) = await CertifiedAsync();
        await using var _ = gds;
        (await StateAsync(gds, self, id, Sample.Csr(subject: "CN=Renewed"))).ShouldBe(RequestState.Completed);
    }

    [Fact]
    public async Task A_renewal_for_a_host_that_was_not_approved_before_waits()
    {
        var (gds, id, self) = await CertifiedAsync();
        await using var _ = gds;
        // The application may change its own record, but not give itself a name by that.
        await gds.Directory.UpdateAsync(self, id, Sample.Server(Uri, "opc.tcp://gateway.plant:4840", "opc.tcp://erp.plant:4840"), default);
        (await StateAsync(gds, self, id, Sample.Csr(dns: ["erp.plant"]))).ShouldBe(RequestState.New);
        (await StateAsync(gds, self, id, Sample.Csr(dns: []))).ShouldBe(RequestState.New);
        (await StateAsync(gds, self, id, Sample.Csr(dns: ["gateway.plant"], subject: "CN=2"))).ShouldBe(RequestState.Completed);
    }

    [Fact]
    public async Task A_renewal_after_revocation_or_expiry_waits()
    {
        var (gds, id, self) = await CertifiedAsync();
        await using var _ = gds;
        await gds.Certificates.RevokeAsync(Callers.Admin, self.Application!.Thumbprint, RevocationCause.KeyCompromise, default);
        (await StateAsync(gds, self, id, Sample.Csr(subject: "CN=1"))).ShouldBe(RequestState.New);
        var again = Callers.Application(Uri, await CertifyAsync(gds, id, Sample.Csr(subject: "CN=2")));
        (await StateAsync(gds, again, id, Sample.Csr(subject: "CN=3"))).ShouldBe(RequestState.Completed);
        gds.Time.Advance(TimeSpan.FromDays(366));
        (await StateAsync(gds, again, id, Sample.Csr(subject: "CN=4"))).ShouldBe(RequestState.New);
    }

    [Fact]
    public async Task A_certificate_that_is_trusted_but_not_ours_does_not_renew_by_itself()
    {
        var (gds, id, _) = await CertifiedAsync();
        await using var __ = gds;
        (await StateAsync(gds, Callers.Application(Uri, "SELFSIGNED"), id, Sample.Csr(subject: "CN=1"))).ShouldBe(RequestState.New);
    }

    [Fact]
    public async Task An_administering_agent_renews_what_it_administers_but_a_first_certificate_waits()
    {
        await using var gds = await GdsFixture.StartAsync();
        var agent = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Client("urn:plant:agent"), default);
        var managed = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        await gds.Directory.SetAdminAsync(Callers.Admin, agent, managed, true, default);
        var caller = Callers.Application("urn:plant:agent", await CertifyAsync(gds, agent, Sample.Csr("urn:plant:agent", dns: [])));
        (await StateAsync(gds, caller, managed, Sample.Csr(subject: "CN=1"))).ShouldBe(RequestState.New);
        await CertifyAsync(gds, managed, Sample.Csr(subject: "CN=2"));
        (await StateAsync(gds, caller, managed, Sample.Csr(subject: "CN=3"))).ShouldBe(RequestState.Completed);
    }

    [Theory]
    [InlineData(GdsRoles.CertificateAuthorityAdmin, RequestState.New)]
    [InlineData(GdsRoles.CertificateAuthorityAdmin | GdsRoles.RegistrationAuthorityAdmin, RequestState.Completed)]
    [InlineData(GdsRoles.CertificateAuthorityAdmin | GdsRoles.SecurityAdmin, RequestState.New)]
    public async Task Who_may_request_and_approve_does_both_at_once(GdsRoles roles, RequestState state)
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        (await StateAsync(gds, Callers.With(roles), id, Sample.Csr())).ShouldBe(state);
    }

    [Fact]
    public async Task Each_rule_can_be_switched_off()
    {
        var (gds, id, self) = await CertifiedAsync(o => (o.ApproveForAdmins, o.ApproveRenewals, o.ApproveWithToken) = (false, false, false));
        await using var _ = gds;
        (await StateAsync(gds, Callers.Admin, id, Sample.Csr(subject: "CN=1"))).ShouldBe(RequestState.New);
        (await StateAsync(gds, self, id, Sample.Csr(subject: "CN=2"))).ShouldBe(RequestState.New);
        var token = await gds.Tokens.CreateAsync(Callers.Admin, new TokenOrder(1, TimeSpan.FromHours(1), [Uri], null), "opc.tcp://gds:58810", new byte[32], default);
        Ua.Gds.EnrolmentString.TryParse(token.Text, out var text, out string? _).ShouldBeTrue();
        var grant = await gds.Tokens.RedeemAsync(token.Token.Id, text!.Secret, new(Uri, "AA", false), "10.0.0.7", default);
        (await StateAsync(gds, Callers.Enrolling(grant, Uri, "AA"), id, Sample.Csr(subject: "CN=3"))).ShouldBe(RequestState.New);
    }
}
