using System.Text;
using Gds.Core.Push;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests.Push;

/// <summary>Who may make a push target, and what is kept of its login.</summary>
public sealed class PushTargetsTests : IAsyncLifetime
{
    private GdsFixture _gds = null!;
    private Guid _application;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PushTargets Targets => _gds.Get<PushTargets>();

    public async ValueTask InitializeAsync()
    {
        _gds = await GdsFixture.StartAsync();
        _application = await _gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), Ct);
    }

    public ValueTask DisposeAsync() => _gds.DisposeAsync();

    [Fact]
    public async Task Targets_are_for_the_SecurityAdmin_and_runs_for_the_CertificateAuthorityAdmin_too()
    {
        var other = Callers.With(GdsRoles.All & ~GdsRoles.SecurityAdmin);
        (await Targets.SetAsync(other, _application, new PushTargetOrder(), Ct).ShouldBeRefusedAsync(ProblemKind.AccessDenied)).Message.ShouldContain("SecurityAdmin");
        await Targets.SetAsync(Callers.With(GdsRoles.SecurityAdmin), _application, new PushTargetOrder(), Ct);
        await Targets.RemoveAsync(other, _application, Ct).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        var runs = _gds.Get<PushRuns>();
        await runs.RequestAsync(Callers.With(GdsRoles.CertificateAuthorityAdmin), _application, false, Ct);
        await runs.RequestAsync(Callers.With(GdsRoles.DiscoveryAdmin), _application, false, Ct).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        (await _gds.AuditAsync("push.target")).ShouldContain(a => a.Result == "AccessDenied");
        (await _gds.AuditAsync("push.run")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_password_lies_encrypted_in_the_database_and_nowhere_else()
    {
        await Targets.SetAsync(Callers.Admin, _application, new PushTargetOrder { UserName = "ann", Password = "a very secret word" }, Ct);
        var row = await _gds.QueryAsync(db => db.PushTargets.SingleAsync());
        row.EndpointUrl.ShouldBe("opc.tcp://gateway.plant:4840");
        Encoding.UTF8.GetString(row.ProtectedSecret!).ShouldNotContain("secret");
        (await _gds.AuditAsync()).ShouldAllBe(a => !(a.Detail ?? "").Contains("secret"));
        (await Targets.GetAsync(Callers.Admin, _application, Ct)).UserName.ShouldBe("ann");
    }

    [Fact]
    public async Task A_user_certificate_needs_its_own_key()
    {
        var certificate = SelfSignedCertificate.Create("urn:u", SubjectName.Build("u"), ["u"], [], Sample.Key, TimeSpan.FromDays(9), _gds.Time);
        using var other = KeyPair.Create(KeyPairKind.Rsa2048);
        var wrong = new PushTargetOrder { UserCertificate = certificate.Der, UserKey = other.ExportPkcs8() };
        (await Targets.SetAsync(Callers.Admin, _application, wrong, Ct).ShouldBeRefusedAsync(ProblemKind.InvalidArgument)).Message.ShouldContain("UserKey");
        await Targets.SetAsync(Callers.Admin, _application, new PushTargetOrder { UserCertificate = certificate.Der }, Ct).ShouldBeRefusedAsync(ProblemKind.InvalidArgument);
        var right = new PushTargetOrder { UserCertificate = Encoding.ASCII.GetBytes(PemFile.Write(certificate)), UserKey = Encoding.ASCII.GetBytes(Sample.Key.ExportPem()) };
        (await Targets.SetAsync(Callers.Admin, _application, right, Ct)).Login.ShouldBe(PushLogin.Certificate);
    }

    [Theory]
    [InlineData("http://a", null, "EndpointUrl")]
    [InlineData("opc.tcp://a:1", "12", "Fingerprint")]
    public async Task Arguments_are_checked(string url, string? pin, string argument)
    {
        var order = new PushTargetOrder { EndpointUrl = url, PinnedSha256 = pin };
        (await Targets.SetAsync(Callers.Admin, _application, order, Ct).ShouldBeRefusedAsync(ProblemKind.InvalidArgument)).Message.ShouldContain(argument);
    }

    [Fact]
    public async Task A_target_that_is_removed_keeps_a_certificate_that_it_may_use_unseen()
    {
        await Targets.SetAsync(Callers.Admin, _application, new PushTargetOrder(), Ct);
        await _gds.Requests.StartSigningRequestAsync(PushedRequests.Caller, _application, null, null, Sample.Csr(), Ct);
        await EndRunAsync(confirmedVersion: 0);
        await EndRunAsync(confirmedVersion: null);
        await Targets.RemoveAsync(Callers.Admin, _application, Ct);
        (await _gds.QueryAsync(db => db.IssueRequests.SingleAsync())).IsOpen.ShouldBeFalse();
        var certificate = await _gds.QueryAsync(db => db.IssuedCertificates.SingleAsync(c => c.ApplicationId == _application));
        certificate.State.ShouldBe(CertificateState.Issued);
        (await _gds.AuditAsync("push.untarget")).ShouldHaveSingleItem().Detail!.ShouldContain(certificate.Thumbprint!);
    }

    [Fact]
    public async Task A_target_that_is_removed_leaves_no_open_request()
    {
        await Targets.SetAsync(Callers.Admin, _application, new PushTargetOrder(), Ct);
        await _gds.Requests.StartSigningRequestAsync(PushedRequests.Caller, _application, null, null, Sample.Csr(), Ct);
        await EndRunAsync(confirmedVersion: 0);
        await Targets.RemoveAsync(Callers.Admin, _application, Ct);
        (await _gds.QueryAsync(db => db.IssueRequests.SingleAsync())).IsOpen.ShouldBeFalse();
        (await _gds.QueryAsync(db => db.IssuedCertificates.SingleAsync(c => c.ApplicationId == _application))).State.ShouldBe(CertificateState.Revoked);
        await Targets.GetAsync(Callers.Admin, _application, Ct).ShouldBeRefusedAsync(ProblemKind.NotFound);
    }

    [Fact]
    public async Task A_push_needs_no_approval_even_where_administrators_do()
    {
        await using var strict = await GdsFixture.StartAsync(o => o.ApproveForAdmins = false);
        var id = await strict.Directory.RegisterAsync(Callers.Admin, Sample.Server(), Ct);
        await strict.Requests.StartSigningRequestAsync(PushedRequests.Caller, id, null, null, Sample.Csr(), Ct);
        var pretender = Callers.Admin with { Who = "gds", Origin = "push" };
        await strict.Requests.StartSigningRequestAsync(pretender, id, null, null, Sample.Csr(subject: "CN=Other"), Ct);
        (await strict.QueryAsync(db => db.IssueRequests.OrderBy(r => r.State).Select(r => r.Reason).ToListAsync())).ShouldBe([null, "push of the GDS itself"]);
    }

    private async Task EndRunAsync(long? confirmedVersion)
    {
        var runs = _gds.Get<PushRuns>();
        var id = await runs.RequestAsync(Callers.Admin, _application, false, Ct);
        await runs.BeginAsync(id, Ct);
        _gds.Time.Advance(TimeSpan.FromMinutes(1));
        await runs.EndAsync(id, confirmedVersion, "ended", _ => TimeSpan.FromMinutes(1), Ct);
    }
}
