using System.Text;
using Gds.Core.Requests;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

public sealed class RequestTests
{
    private static readonly Caller Ca = Callers.With(GdsRoles.CertificateAuthorityAdmin);
    private static readonly Caller Ra = Callers.With(GdsRoles.RegistrationAuthorityAdmin);

    private static async Task<(GdsFixture Gds, Guid Id)> SceneAsync(Action<GdsCoreOptions>? configure = null)
    {
        var gds = await GdsFixture.StartAsync(configure);
        return (gds, await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default));
    }

    private static Task<Guid> StartAsync(GdsFixture gds, Guid id, Caller? caller = null, string subject = "CN=Gateway")
        => gds.Requests.StartSigningRequestAsync(caller ?? Ca, id, null, null, Sample.Csr(subject: subject), default);

    [Fact]
    public async Task A_request_that_no_rule_covers_waits_until_a_person_approves()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await StartAsync(gds, id);
        await gds.Delivery.FinishAsync(Ca, id, request, default).ShouldBeRefusedAsync(ProblemKind.NothingToDo, "approval");
        gds.Events.OfType<CertificateRequested>().Single().Pending.ShouldBeTrue();
        var view = await gds.Decisions.ApproveAsync(Ra, request, default);
        view.State.ShouldBe(RequestState.Completed);
        view.DecidedBy.ShouldBe("ann");
        var finished = await gds.Delivery.FinishAsync(Ca, id, request, default);
        ApplicationCertificate.Parse(finished.Certificate).PublicKey.ShouldBe(Sample.Key.PublicKey);
        gds.Events.OfType<CertificateDelivered>().Single().RequestId.ShouldBe(request);
    }

    [Fact]
    public async Task A_rejected_request_gives_request_not_allowed_and_cannot_be_approved()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await StartAsync(gds, id);
        await gds.Decisions.RejectAsync(Ra, request, "unknown machine", default);
        await gds.Delivery.FinishAsync(Ca, id, request, default).ShouldBeRefusedAsync(ProblemKind.RequestNotAllowed, "unknown machine");
        await gds.Decisions.ApproveAsync(Ra, request, default).ShouldBeRefusedAsync(ProblemKind.InvalidState, "Rejected");
        await gds.Decisions.RejectAsync(Ra, request, null, default).ShouldBeRefusedAsync(ProblemKind.InvalidState);
        (await gds.QueryAsync(db => db.IssuedCertificates.CountAsync(c => c.State == CertificateState.Issued))).ShouldBe(0);
    }

    [Fact]
    public async Task A_second_finish_is_an_invalid_argument_and_GetCertificates_helps_out()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await StartAsync(gds, id, Callers.Admin);
        var first = await gds.Delivery.FinishAsync(Callers.Admin, id, request, default);
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "finished already");
        var held = await gds.Certificates.GetCertificatesAsync(Callers.Admin, id, null, default);
        held.Certificates.Single().ShouldBe(first.Certificate);
        held.TypeIds.ShouldBe([12560u]);
    }

    [Fact]
    public async Task A_request_id_is_good_for_its_application_only()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var other = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:other"), default);
        var request = await StartAsync(gds, id);
        await gds.Delivery.FinishAsync(Ca, other, request, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, request.ToString());
        await gds.Delivery.FinishAsync(Ca, id, Guid.NewGuid(), default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument);
        await gds.Delivery.FinishAsync(Ca, Guid.NewGuid(), request, default).ShouldBeRefusedAsync(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Finish_must_come_with_the_certificate_that_started()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var own = Callers.Application("urn:plant:gateway", "AAAA");
        var request = await StartAsync(gds, id, own);
        await gds.Decisions.ApproveAsync(Ra, request, default);
        await gds.Delivery.FinishAsync(own with { Application = own.Application! with { Thumbprint = "BBBB" } }, id, request, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied, "client certificate");
        await gds.Delivery.FinishAsync(Ca, id, request, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        (await gds.Delivery.FinishAsync(own, id, request, default)).Certificate.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_same_request_again_while_it_is_open_gives_the_same_id()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var csr = Sample.Csr();
        var first = await gds.Requests.StartSigningRequestAsync(Ca, id, null, null, csr, default);
        (await gds.Requests.StartSigningRequestAsync(Ca, id, "DefaultApplicationGroup", 12560, csr, default)).ShouldBe(first);
        await gds.Decisions.ApproveAsync(Ra, first, default);
        (await gds.Requests.StartSigningRequestAsync(Ca, id, null, null, csr, default)).ShouldBe(first);
        await gds.Delivery.FinishAsync(Ca, id, first, default);
        (await gds.Requests.StartSigningRequestAsync(Ca, id, null, null, csr, default)).ShouldNotBe(first);
    }

    [Fact]
    public async Task An_application_cannot_pile_up_requests()
    {
        var (gds, id) = await SceneAsync(o => o.MaxOpenRequests = 2);
        await using var _ = gds;
        var first = await StartAsync(gds, id, subject: "CN=1");
        await StartAsync(gds, id, subject: "CN=2");
        await StartAsync(gds, id, subject: "CN=3").ShouldBeRefusedAsync(ProblemKind.RequestNotAllowed, "2 open requests");
        await gds.Decisions.RejectAsync(Ra, first, null, default);
        await StartAsync(gds, id, subject: "CN=3");
    }

    [Theory]
    [InlineData("NoSuchGroup", null, "NoSuchGroup")]
    [InlineData(null, 12558u, "i=12558")]
    public async Task A_group_or_type_that_is_not_there_is_an_invalid_argument(string? group, uint? type, string text)
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        await gds.Requests.StartSigningRequestAsync(Ca, id, group, type, Sample.Csr(), default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, text);
        await gds.Requests.StartNewKeyPairRequestAsync(Ca, id, group, type, new(null, null, "PEM", null), default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, text);
    }

    [Fact]
    public async Task Deciding_is_for_the_registration_authority_admin()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await StartAsync(gds, id);
        await gds.Decisions.ApproveAsync(Ca, request, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Decisions.RejectAsync(Ca, request, null, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Decisions.ApproveAsync(Ra, Guid.NewGuid(), default).ShouldBeRefusedAsync(ProblemKind.NotFound);
        (await gds.Decisions.GetAsync(Ra, request, default)).State.ShouldBe(RequestState.New);
    }

    [Fact]
    public async Task A_record_that_changed_since_the_request_is_asked_again_at_approval()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await StartAsync(gds, id);
        await gds.Directory.UpdateAsync(Callers.Admin, id, Sample.Server("urn:plant:gateway", "opc.tcp://moved:1"), default);
        var view = await gds.Decisions.ApproveAsync(Ra, request, default);
        view.State.ShouldBe(RequestState.Rejected);
        view.Reason.ShouldNotBeNull().ShouldContain("gateway.plant");
        await gds.Delivery.FinishAsync(Ca, id, request, default).ShouldBeRefusedAsync(ProblemKind.RequestNotAllowed);
    }

    [Fact]
    public async Task A_certificate_revoked_before_it_was_collected_is_not_handed_out()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await StartAsync(gds, id, Callers.Admin);
        var serial = await gds.QueryAsync(db => db.IssuedCertificates.Where(c => c.State == CertificateState.Issued).Select(c => c.SerialNumber).SingleAsync());
        await gds.Certificates.RevokeAsync(Callers.Admin, serial, RevocationCause.Unspecified, default);
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default).ShouldBeRefusedAsync(ProblemKind.RequestNotAllowed, "Revoked");
    }

    [Fact]
    public async Task The_list_shows_what_each_request_asks_for()
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        await StartAsync(gds, id, subject: "CN=Pump/O=Plant");
        await gds.Requests.StartNewKeyPairRequestAsync(Ca, id, null, null, new("CN=Made", null, "PFX", "secret-word"), default);
        var views = await gds.Decisions.ListAsync(Ra, RequestState.New, 10, default);
        views.Count.ShouldBe(2);
        var csr = views.Single(v => v.Kind == RequestKind.SigningRequest);
        (csr.Subject, csr.Key, csr.ApplicationUri).ShouldBe(("CN=Pump, O=Plant", "Rsa2048", "urn:plant:gateway"));
        csr.Hosts.ShouldBe(["gateway.plant"]);
        views.Single(v => v.Kind == RequestKind.NewKeyPair).Hosts.ShouldBe(["gateway.plant", "10.0.0.5"]);
        (await gds.Decisions.ListAsync(Ra, RequestState.Accepted, 10, default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PEM", null)]
    [InlineData("PEM", "a pass phrase")]
    [InlineData("pem", "")]
    [InlineData("PFX", "a pass phrase")]
    [InlineData("PFX", null)]
    public async Task A_new_key_pair_comes_in_the_format_asked_for_and_once(string format, string? password)
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await gds.Requests.StartNewKeyPairRequestAsync(Ca, id, null, null, new(null, null, format, password), default);
        await gds.Decisions.ApproveAsync(Ra, request, default);
        var finished = await gds.Delivery.FinishAsync(Ca, id, request, default);
        var certificate = ApplicationCertificate.Parse(finished.Certificate);
        var blob = finished.PrivateKey.ShouldNotBeNull();
        if (format == "PFX")
        {
            using var pfx = PfxFile.Read(blob, password ?? "");
            pfx.Certificate.ShouldBe(certificate);
            pfx.Key.Matches(certificate.PublicKey).ShouldBeTrue();
            pfx.Issuers.Single().Der.ShouldBe(finished.IssuerCertificates.Single());
        }
        else
        {
            Encoding.ASCII.GetString(blob).ShouldStartWith(string.IsNullOrEmpty(password) ? "-----BEGIN PRIVATE KEY" : "-----BEGIN ENCRYPTED PRIVATE KEY");
            using var key = KeyPair.ImportPem(Encoding.ASCII.GetString(blob), password);
            key.Matches(certificate.PublicKey).ShouldBeTrue();
        }
        var row = await gds.QueryAsync(db => db.IssueRequests.SingleAsync());
        (row.ProtectedPassword, row.ProtectedPrivateKey).ShouldBe((null, null));
        await gds.Delivery.FinishAsync(Ca, id, request, default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument);
    }

    [Theory]
    [InlineData(null, null, "PrivateKeyFormat is empty")]
    [InlineData("DER", null, "PrivateKeyFormat is 'DER'")]
    public async Task A_format_that_is_not_supported_is_an_invalid_argument(string? format, string? password, string text)
    {
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        await gds.Requests.StartNewKeyPairRequestAsync(Ca, id, null, null, new(null, null, format, password), default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, text);
        await gds.Requests.StartNewKeyPairRequestAsync(Ca, id, null, null, new(null, null, "PEM", new string('x', 257)), default).ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "PrivateKeyPassword");
    }

    [Fact]
    public async Task Neither_a_password_nor_a_private_key_lies_in_the_database_in_clear()
    {
        const string password = "correct-horse-battery-staple";
        var (gds, id) = await SceneAsync();
        await using var _ = gds;
        var request = await gds.Requests.StartNewKeyPairRequestAsync(Ca, id, null, null, new(null, null, "PEM", password), default);
        var plain = await gds.Requests.StartNewKeyPairRequestAsync(Ca, id, null, null, new(null, null, "PEM", null), default);
        Contains(gds, password).ShouldBeFalse();
        (await gds.QueryAsync(db => db.IssueRequests.SingleAsync(r => r.Id == request))).ProtectedPassword.ShouldNotBeNull();
        await gds.Decisions.ApproveAsync(Ra, request, default);
        await gds.Decisions.ApproveAsync(Ra, plain, default);
        Contains(gds, password).ShouldBeFalse();
        Contains(gds, "PRIVATE KEY").ShouldBeFalse();
        (await gds.QueryAsync(db => db.IssueRequests.SingleAsync(r => r.Id == plain))).ProtectedPrivateKey.ShouldNotBeNull();
    }

    private static bool Contains(GdsFixture gds, string text) => new[] { "", "-wal" }
        .Select(suffix => gds.DatabasePath + suffix)
        .Where(File.Exists)
        .Any(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        });
}
