using System.Net;
using Gds.Core.Certificates;
using Gds.Core.Requests;
using Gds.Store;
using Gds.Web.Client;
using Gds.Web.Records;
using Pki;
using Ua.Gds;
using LocalCaller = Gds.Core.Caller;

namespace Gds.Web.Tests;

/// <summary>Every route by the socket, with what it refuses.</summary>
public sealed class RouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static int s_last;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private GdsApiClient Client => api.Client;

    [Fact]
    public async Task Applications_are_registered_changed_listed_in_pages_and_removed()
    {
        var first = await RegisterAsync();
        var second = await RegisterAsync();
        (await Client.GetAsync($"/applications/{first.Id}", GdsJson.Default.ApplicationJson, Ct)).ApplicationUri.ShouldBe(first.ApplicationUri);
        var found = await Client.GetAsync($"/applications?uri={Uri.EscapeDataString(second.ApplicationUri)}", GdsJson.Default.ApplicationPageJson, Ct);
        found.Applications.Single().Id.ShouldBe(second.Id);

        List<Guid> all = [];
        for (uint? after = 0; after is not null;)
        {
            var page = await Client.GetAsync($"/applications?after={after}&max=1", GdsJson.Default.ApplicationPageJson, Ct);
            page.Applications.Count.ShouldBeLessThanOrEqualTo(1);
            all.AddRange(page.Applications.Select(a => a.Id));
            after = page.Next;
        }

        all.ShouldContain(first.Id);
        all.ShouldContain(second.Id);
        all.ShouldBeUnique();

        await Client.PutAsync($"/applications/{first.Id}", Registration(first.ApplicationUri) with { ProductUri = "urn:new" }, GdsJson.Default.RegistrationJson, Ct);
        (await Client.GetAsync($"/applications/{first.Id}", GdsJson.Default.ApplicationJson, Ct)).ProductUri.ShouldBe("urn:new");
        await Client.DeleteAsync($"/applications/{first.Id}", Ct);
        await Refused(Client.GetAsync($"/applications/{first.Id}", GdsJson.Default.ApplicationJson, Ct), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Two_applications_are_explained_by_URI_and_by_id()
    {
        var (first, second) = (await RegisterAsync(), await RegisterAsync());
        var explained = await Client.GetAsync($"/explanations?application={Uri.EscapeDataString(first.ApplicationUri)}&peer={second.Id}", GdsJson.Default.Explanation, Ct);
        explained.Possible.ShouldBeFalse();
        (explained.Application.Id, explained.Peer.Id).ShouldBe((first.Id, second.Id));
        explained.Cause.ShouldBe(Ua.Security.Certificates.Cause.CertificateNeverIssued);
        explained.Reasons[0].ToDo.ShouldNotBeEmpty();
        (await Refused(Client.GetAsync($"/explanations?application={first.Id}", GdsJson.Default.Explanation, Ct), HttpStatusCode.BadRequest)).ShouldContain("peer");
        (await Refused(Client.GetAsync($"/explanations?application={first.Id}&peer=urn:nobody", GdsJson.Default.Explanation, Ct), HttpStatusCode.NotFound)).ShouldContain("urn:nobody");
    }

    [Fact]
    public async Task A_refusal_carries_its_status_and_its_sentence()
    {
        var app = await RegisterAsync();
        (await Refused(PostAsync(Registration(app.ApplicationUri)), HttpStatusCode.Conflict)).ShouldContain(app.ApplicationUri);
        (await Refused(PostAsync(Registration("no uri")), HttpStatusCode.BadRequest)).ShouldContain("ApplicationUri");
        (await Refused(Client.GetAsync("/applications/x", GdsJson.Default.ApplicationJson, Ct), HttpStatusCode.BadRequest)).ShouldContain("'x'");
        (await Refused(Client.GetAsync("/audit?max=0", GdsJson.Default.IReadOnlyListAuditJson, Ct), HttpStatusCode.BadRequest)).ShouldContain("max");
        (await Refused(Client.GetAsync("/audit?since=yesterday", GdsJson.Default.IReadOnlyListAuditJson, Ct), HttpStatusCode.BadRequest)).ShouldContain("since");
        (await Refused(Client.GetAsync("/requests?state=Lost", GdsJson.Default.IReadOnlyListRequestJson, Ct), HttpStatusCode.BadRequest)).ShouldContain("state");
        await Refused(Client.GetAsync("/nothing", GdsJson.Default.HealthJson, Ct), HttpStatusCode.NotFound);
        await Refused(Client.GetAsync("/groups/none", GdsJson.Default.GroupJson, Ct), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Requests_are_decided_and_certificates_revoked()
    {
        var app = await RegisterAsync();
        var rejected = await StartAsync(app);
        (await Client.PostAsync(
            $"/requests/{rejected}/reject", new RejectionJson("no"), GdsJson.Default.RejectionJson, GdsJson.Default.RequestJson, Ct)).Reason.ShouldBe("no");
        await Refused(Client.PostAsync($"/requests/{rejected}/approve", GdsJson.Default.RequestJson, Ct), HttpStatusCode.Conflict);

        var approved = await StartAsync(app);
        (await Client.GetAsync("/requests?state=New", GdsJson.Default.IReadOnlyListRequestJson, Ct)).ShouldContain(r => r.Id == approved);
        var view = await Client.PostAsync($"/requests/{approved}/approve", GdsJson.Default.RequestJson, Ct);
        view.State.ShouldBe(RequestState.Completed);
        view.Type.ShouldBe(nameof(CertificateTypes.RsaSha256ApplicationCertificateType));

        var held = (await Client.GetAsync($"/certificates?application={app.Id}", GdsJson.Default.IReadOnlyListCertificateJson, Ct)).Single();
        held.Certificate.ShouldBeNull();
        var shown = await Client.GetAsync($"/certificates/{held.SerialNumber}", GdsJson.Default.CertificateJson, Ct);
        ApplicationCertificate.Parse(shown.Certificate).Thumbprint.ShouldBe(held.Thumbprint);
        var revoked = await Client.PostAsync(
            $"/certificates/{held.Thumbprint}/revoke", new RevocationJson(RevocationCause.KeyCompromise), GdsJson.Default.RevocationJson, GdsJson.Default.CertificateJson, Ct);
        revoked.State.ShouldBe(CertificateState.Revoked);
        revoked.RevocationReason.ShouldBe(RevocationCause.KeyCompromise);

        var authority = (await Client.GetAsync("/groups", GdsJson.Default.IReadOnlyListGroupJson, Ct)).Single().Authorities.Single();
        CertificateRevocationList.Parse(authority.Crl).Find(ApplicationCertificate.Parse(shown.Certificate)).ShouldNotBeNull();
        var renewed = await Client.PostAsync("/groups/DefaultApplicationGroup/crl", GdsJson.Default.GroupJson, Ct);
        renewed.Authorities.Single().CrlNumber!.Value.ShouldBeGreaterThan(authority.CrlNumber!.Value);
    }

    [Fact]
    public async Task Tokens_are_made_listed_and_revoked()
    {
        var order = new TokenOrderJson(["urn:a_b:*", "urn:50%[x]"], 2, TimeSpan.FromHours(1), "for a test");
        var made = await Client.PostAsync("/tokens", order, GdsJson.Default.TokenOrderJson, GdsJson.Default.CreatedTokenJson, Ct);
        EnrolmentString.TryParse(made.Token, out var token, out _).ShouldBeTrue();
        token!.EndpointUrl.ShouldBe("opc.tcp://gds:58810");
        var listed = (await Client.GetAsync("/tokens", GdsJson.Default.IReadOnlyListTokenJson, Ct)).Single(t => t.Id == made.Id);
        listed.Applications.ShouldBe(order.Applications);
        listed.MaxUses.ShouldBe(2);
        await Client.DeleteAsync($"/tokens/{made.Id}", Ct);
        (await Client.GetAsync("/tokens", GdsJson.Default.IReadOnlyListTokenJson, Ct)).Single(t => t.Id == made.Id).RevokedAt.ShouldNotBeNull();
        await Refused(Client.PostAsync(
            "/tokens", order with { Uses = 0 }, GdsJson.Default.TokenOrderJson, GdsJson.Default.CreatedTokenJson, Ct), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Users_are_added_changed_and_removed()
    {
        await Client.PostAsync("/users", new NewUserJson("ann", "a good password", ["discoveryadmin"]), GdsJson.Default.NewUserJson, Ct);
        await Client.PutAsync("/users/ann", new UserChangeJson(["SecurityAdmin"], true), GdsJson.Default.UserChangeJson, Ct);
        await Client.PutAsync("/users/ann/password", new PasswordJson("another password"), GdsJson.Default.PasswordJson, Ct);
        var ann = (await Client.GetAsync("/users", GdsJson.Default.IReadOnlyListUserJson, Ct)).Single(u => u.Name == "ann");
        ann.Roles.ShouldBe(["SecurityAdmin"]);
        ann.Disabled.ShouldBeTrue();
        await Client.DeleteAsync("/users/ann", Ct);
        await Refused(Client.DeleteAsync("/users/ann", Ct), HttpStatusCode.NotFound);
        var actions = (await Client.GetAsync("/audit?target=ann", GdsJson.Default.IReadOnlyListAuditJson, Ct)).Select(a => a.Action).ToList();
        foreach (var action in new[] { "user.add", "user.roles", "user.disable", "user.password", "user.remove" }) actions.ShouldContain(action);
        (await Client.GetAsync("/audit?target=ann&refused=true", GdsJson.Default.IReadOnlyListAuditJson, Ct)).Single().Result.ShouldBe("NotFound");
    }

    [Fact]
    public async Task The_health_report_says_ok()
    {
        var health = await Client.GetAsync("/health", GdsJson.Default.HealthJson, Ct);
        health.Status.ShouldBe("ok");
        health.Warnings.ShouldBeEmpty();
        health.Endpoint.ShouldBe("opc.tcp://gds:58810");
    }

    [Fact]
    public async Task Nobody_is_served_over_a_network()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(api.TcpUrl + "/api/v1/health", Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_body_that_is_none_is_refused()
    {
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, ct) => api.Socket.ConnectAsync(ct) };
        using var http = new HttpClient(handler);
        using var answer = await http.PostAsync("http://gds/api/v1/tokens", new StringContent("{ nonsense", System.Text.Encoding.UTF8, "application/json"), Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_socket_where_nobody_listens_is_told_by_its_name()
    {
        using var folder = new TestKit.TempFolder();
        using var client = new GdsApiClient(new Hosting.LocalSocket(folder.FullPath));
        var problem = await Should.ThrowAsync<GdsApiProblem>(client.GetAsync("/health", GdsJson.Default.HealthJson, Ct));
        problem.Status.ShouldBeNull();
        problem.Message.ShouldContain(OperatingSystem.IsWindows() ? "pipe" : folder.FullPath);
    }

    private static RegistrationJson Registration(string uri) =>
        new(uri, ApplicationType.Server, [new NameJson("en", "Test")], "urn:p", ["opc.tcp://plant.example:1"], ["DA"]);

    private Task<ApplicationJson> PostAsync(RegistrationJson registration) =>
        Client.PostAsync("/applications", registration, GdsJson.Default.RegistrationJson, GdsJson.Default.ApplicationJson, Ct);

    private Task<ApplicationJson> RegisterAsync() => PostAsync(Registration($"urn:web:{Interlocked.Increment(ref s_last)}"));

    /// <summary>A request of someone who may ask and may not approve.</summary>
    private Task<Guid> StartAsync(ApplicationJson app)
    {
        using var key = KeyPair.Create(KeyPairKind.Rsa2048);
        var csr = SigningRequest.Create(SubjectName.Build("Test"), key, app.ApplicationUri, ["plant.example"], []);
        var caller = new LocalCaller { Who = "asker", Origin = "test", Roles = Core.GdsRoles.CertificateAuthorityAdmin, Channel = Core.ChannelMode.SignAndEncrypt };
        return api.Get<CertificateRequests>().StartSigningRequestAsync(caller, app.Id, null, null, csr, Ct);
    }

    private static async Task<string> Refused(Task call, HttpStatusCode status)
    {
        var problem = await Should.ThrowAsync<GdsApiProblem>(call);
        problem.Status.ShouldBe(status, problem.Message);
        return problem.Message;
    }
}
