using Gds.Core.Agents;
using Gds.Core.Applications;
using Gds.Core.Sync;
using Gds.Store;

namespace Gds.Core.Tests;

/// <summary>Who may call what, and in which channel mode: the tables of Part 12, 6.5 and 7.9, method by method.</summary>
public sealed class AccessTests
{
    private const string OtherUri = "urn:plant:other", AgentUri = "urn:plant:agent", OwnUri = "urn:plant:gateway";

    private sealed class Scene(GdsFixture gds, Guid id, Guid request, byte[] certificate)
    {
        public GdsFixture Gds => gds;
        public Guid Id => id;
        public Guid Request => request;
        public byte[] Certificate => certificate;
    }

    private static readonly Dictionary<string, Func<Scene, Caller, Task>> Methods = new()
    {
        ["RegisterApplication"] = (s, c) => s.Gds.Directory.RegisterAsync(c, Sample.Server("urn:plant:new"), default),
        ["UpdateApplication"] = (s, c) => s.Gds.Directory.UpdateAsync(c, s.Id, Sample.Server(), default),
        ["UnregisterApplication"] = (s, c) => s.Gds.Directory.UnregisterAsync(c, s.Id, default),
        ["StartSigningRequest"] = (s, c) => s.Gds.Requests.StartSigningRequestAsync(c, s.Id, null, null, Sample.Csr(), default),
        ["StartNewKeyPairRequest"] = (s, c) => s.Gds.Requests.StartNewKeyPairRequestAsync(c, s.Id, null, null, new(null, null, "PEM", null), default),
        ["FinishRequest"] = (s, c) => s.Gds.Delivery.FinishAsync(c, s.Id, s.Request, default),
        ["RevokeCertificate"] = (s, c) => s.Gds.Certificates.RevokeAsync(c, s.Id, s.Certificate, RevocationCause.Unspecified, default),
        ["GetCertificateGroups"] = (s, c) => s.Gds.Certificates.GetCertificateGroupsAsync(c, s.Id, default),
        ["GetCertificates"] = (s, c) => s.Gds.Certificates.GetCertificatesAsync(c, s.Id, null, default),
        ["GetTrustList"] = (s, c) => s.Gds.Certificates.GetTrustListAsync(c, s.Id, null, default),
        ["GetCertificateStatus"] = (s, c) => s.Gds.Certificates.GetCertificateStatusAsync(c, s.Id, null, null, default),
        ["OpenTrustList"] = (s, c) => s.Gds.TrustLists.ReadAsync(c, null, default),
        ["CheckRevocationStatus"] = (s, c) => s.Gds.RevocationCheck.CheckAsync(c, s.Certificate, default),
        ["AddToTrustList"] = (s, c) => s.Gds.TrustLists.AddAsync(c, null, Foreign.SelfSigned("urn:x"), true, [], default),
        ["ReportState"] = (s, c) => s.Gds.Get<SyncRegister>().ReportAsync(c, new(s.Id, "", SyncOutcome.Waiting, null, null, null, null), default),
        ["ReportFindings"] = (s, c) => s.Gds.Get<RejectedInbox>().ReportAsync(c, s.Id, [Finding.Rejected(Foreign.SelfSigned("urn:x"))], default),
        ["TrustInbox"] = (s, c) => s.Gds.Get<RejectedInbox>().TrustAsync(c, "AA", new(null, false, []), default),
        ["DismissInbox"] = (s, c) => s.Gds.Get<RejectedInbox>().DismissAsync(c, "AA", default),
    };

    private static readonly string[] Encrypted = ["StartSigningRequest", "StartNewKeyPairRequest", "FinishRequest", "ReportState", "ReportFindings"];

    /// <summary>The callers that get past the access rules of each method; everyone else is refused.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["RegisterApplication"] = "DiscoveryAdmin",
        ["UpdateApplication"] = "DiscoveryAdmin self admin",
        ["UnregisterApplication"] = "DiscoveryAdmin self admin",
        ["StartSigningRequest"] = "CertificateAuthorityAdmin self admin",
        ["StartNewKeyPairRequest"] = "CertificateAuthorityAdmin self admin",
        ["FinishRequest"] = "CertificateAuthorityAdmin self admin",
        ["RevokeCertificate"] = "CertificateAuthorityAdmin",
        ["GetCertificateGroups"] = "CertificateAuthorityAdmin self admin",
        ["GetCertificates"] = "CertificateAuthorityAdmin self admin",
        ["GetTrustList"] = "CertificateAuthorityAdmin self admin",
        ["GetCertificateStatus"] = "CertificateAuthorityAdmin self admin",
        ["OpenTrustList"] = "CertificateAuthorityAdmin self admin other",
        ["CheckRevocationStatus"] = "anyone",
        ["AddToTrustList"] = "CertificateAuthorityAdmin",
        ["ReportState"] = "self admin",
        ["ReportFindings"] = "self admin",
        ["TrustInbox"] = "CertificateAuthorityAdmin",
        ["DismissInbox"] = "CertificateAuthorityAdmin",
    };

    private static readonly Dictionary<string, Caller> People = new()
    {
        ["nobody"] = Callers.With(GdsRoles.None),
        ["DiscoveryAdmin"] = Callers.With(GdsRoles.DiscoveryAdmin),
        ["CertificateAuthorityAdmin"] = Callers.With(GdsRoles.CertificateAuthorityAdmin),
        ["RegistrationAuthorityAdmin"] = Callers.With(GdsRoles.RegistrationAuthorityAdmin),
        ["SecurityAdmin"] = Callers.With(GdsRoles.SecurityAdmin),
        ["self"] = Callers.Application(OwnUri, "5E1F"),
        ["untrusted self"] = Callers.Application(OwnUri, "5E1F", trusted: false),
        ["other"] = Callers.Application(OtherUri, "07E8"),
        ["admin"] = Callers.Application(AgentUri, "A6E7"),
        ["untrusted admin"] = Callers.Application(AgentUri, "A6E7", trusted: false),
        ["unregistered"] = Callers.Application("urn:plant:unknown", "0000"),
    };

    public static TheoryData<string> MethodNames => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public async Task Only_those_whom_the_table_names_get_past_the_access_rules(string method)
    {
        await using var gds = await GdsFixture.StartAsync();
        var scene = await SceneAsync(gds);
        var allowed = Allowed[method].Split(' ');
        // Refusals first: a method that is let through may change the scene.
        foreach (var (name, caller) in People.OrderBy(p => allowed.Contains(p.Key)))
        {
            if (gds.Directory.Find(OwnUri) is null) scene = await RebuildAsync(gds);
            var kind = await OutcomeAsync(() => Methods[method](scene, caller));
            if (allowed.Contains(name) || allowed.Contains("anyone")) kind.ShouldNotBe(ProblemKind.AccessDenied, $"{name} calls {method}");
            else kind.ShouldBe(ProblemKind.AccessDenied, $"{name} calls {method}");
        }
    }

    [Theory]
    [MemberData(nameof(MethodNames))]
    public async Task The_channel_must_be_as_protected_as_the_method_demands(string method)
    {
        await using var gds = await GdsFixture.StartAsync();
        var scene = await SceneAsync(gds);
        (await OutcomeAsync(() => Methods[method](scene, Callers.With(GdsRoles.All, ChannelMode.None)))).ShouldBe(ProblemKind.SecurityModeInsufficient);
        var signed = await OutcomeAsync(() => Methods[method](scene, Callers.With(GdsRoles.All, ChannelMode.Sign)));
        if (Encrypted.Contains(method)) signed.ShouldBe(ProblemKind.SecurityModeInsufficient);
        else signed.ShouldNotBe(ProblemKind.SecurityModeInsufficient);
    }

    [Fact]
    public async Task A_refusal_of_access_leaves_an_audit_row()
    {
        await using var gds = await GdsFixture.StartAsync();
        var scene = await SceneAsync(gds);
        foreach (var method in Methods.Where(m => m.Key != "CheckRevocationStatus"))
        {
            var before = (await gds.AuditAsync()).Count;
            await OutcomeAsync(() => method.Value(scene, People["nobody"]));
            var rows = await gds.AuditAsync();
            rows.Count.ShouldBe(before + 1, method.Key);
            rows[0].Result.ShouldBe("AccessDenied");
            rows[0].Who.ShouldBe("ann");
            rows[0].Origin.ShouldBe("10.0.0.9");
        }
    }

    [Fact]
    public async Task A_certificate_of_ours_speaks_only_for_the_application_that_it_was_issued_to()
    {
        await using var gds = await GdsFixture.StartAsync();
        var scene = await SceneAsync(gds);
        var thumbprint = Pki.ApplicationCertificate.Parse(scene.Certificate).Thumbprint;
        // The same certificate in the name of another application: the stack would not let that pass, and neither do we.
        await gds.Certificates.GetCertificateGroupsAsync(Callers.Application(OwnUri, thumbprint), scene.Id, default);
        var other = gds.Directory.Find(OtherUri)!.Id;
        await gds.Certificates.GetCertificateGroupsAsync(Callers.Application(OtherUri, thumbprint), other, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
    }

    [Fact]
    public async Task Those_without_rights_cannot_tell_which_ids_exist()
    {
        await using var gds = await GdsFixture.StartAsync();
        await SceneAsync(gds);
        await gds.Certificates.GetCertificateGroupsAsync(People["nobody"], Guid.NewGuid(), default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Certificates.GetCertificateGroupsAsync(People["CertificateAuthorityAdmin"], Guid.NewGuid(), default).ShouldBeRefusedAsync(ProblemKind.NotFound);
        // An application that was removed learns it, so that it can register again.
        await gds.Certificates.GetCertificateGroupsAsync(People["admin"], Guid.NewGuid(), default).ShouldBeRefusedAsync(ProblemKind.NotFound);
    }

    private static async Task<ProblemKind?> OutcomeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (GdsProblem problem) when (problem.Message.Contains("client certificate that started", StringComparison.Ordinal))
        {
            return null; // past the access rules; the request belongs to another certificate
        }
        catch (GdsProblem problem)
        {
            return problem.Kind;
        }
    }

    private static Task<Scene> SceneAsync(GdsFixture gds) => BuildAsync(gds, first: true);

    private static Task<Scene> RebuildAsync(GdsFixture gds) => BuildAsync(gds, first: false);

    private static async Task<Scene> BuildAsync(GdsFixture gds, bool first)
    {
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(OwnUri), default);
        if (first) await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(OtherUri), default);
        var agent = first ? await gds.Directory.RegisterAsync(Callers.Admin, Sample.Client(AgentUri), default) : gds.Directory.Find(AgentUri)!.Id;
        await gds.Directory.SetAdminAsync(Callers.Admin, agent, id, true, default);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        var certificate = (await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).Certificate;
        var open = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(subject: "CN=Open"), default);
        return new(gds, id, open, certificate);
    }
}
