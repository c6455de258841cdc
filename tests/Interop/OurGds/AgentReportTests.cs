using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Interop.Driving;
using Pki;
using Ua.Gds;
using Ua.Gds.Agents;

namespace Interop.OurGds;

/// <summary>A foreign client finds the object for agent reports by browsing, understands its types, and reports.</summary>
public sealed class AgentReportTests(GdsProcess gds) : IClassFixture<GdsProcess>, IAsyncLifetime
{
    private static readonly string s_reports = Id(AgentIds.AgentReports);
    private static int s_last;
    private readonly NodeClient _client = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task It_browses_the_object_and_discovers_the_types()
    {
        await _client.ConnectAsync(gds.AdminOptions(), Ct);
        (await _client.NamespacesAsync(Ct)).ShouldContain(AgentIds.NamespaceUri);
        (await _client.TranslateAsync($"/Objects/nsu={AgentIds.NamespaceUri};AgentReports", ct: Ct)).Targets.ShouldHaveSingleItem();
        (await _client.BrowseAsync(s_reports, ct: Ct)).References.Where(r => r.NodeClass == "Method").Select(r => r.BrowseName.Name).ShouldBe(["ReportState", "ReportFindings"], ignoreOrder: true);
        (await _client.ReadAsync(Id(AgentIds.ReportState), "UserExecutable", ct: Ct)).As<bool>().ShouldBeTrue();
        var finding = await _client.DataTypeAsync(Id(AgentIds.FindingDataType), Ct);
        finding.Type!.Fields.Select(f => f.Name).ShouldBe(["Kind", "Policy", "Certificate", "SeenAt"], StringComparer.OrdinalIgnoreCase);
        var types = (await _client.ExtractTypesAsync(Ct)).Single(n => n!["uri"]!.GetValue<string>() == AgentIds.NamespaceUri)!;
        // It builds the enumerations that structures use; an argument's it reads.
        var enumerations = types["enumerations"]!.ToJsonString();
        enumerations.ShouldContain("FindingKind");
        enumerations.ShouldContain("FindingPolicy");
        (await _client.DataTypeAsync(Id(AgentIds.SyncOutcome), Ct)).Definition.Value!.ToJsonString().ShouldContain("Drifted");
    }

    [Fact]
    public async Task It_reports_its_state_and_what_it_refused_with_its_own_certificate_only()
    {
        var own = gds.NewPeer($"reporting-{Interlocked.Increment(ref s_last)}");
        var (id, issued, options) = await EnrolAsync(own);
        await using var client = new NodeClient();
        await client.ConnectAsync(options, Ct);
        // The library knows milliseconds only, so the time goes back to the GDS cut.
        var list = (await client.ReadAsync(DirectoryNames.Id(GroupIds.DefaultApplication.Methods.LastUpdateTime), ct: Ct)).As<DateTime>();
        await ReportAsync(client, id, outcome: 3, issued.Thumbprint, list, "the disk is full");
        var failing = await MemberAsync(own);
        (failing["state"]!.GetValue<string>(), failing["reason"]!.GetValue<string>()).ShouldBe(("Failing", "the disk is full"));

        await ReportAsync(client, id, outcome: 0, issued.Thumbprint, list, null);
        var member = await MemberAsync(own);
        (member["state"]!.GetValue<string>(), member["confirmed"]!["certificateThumbprint"]!.GetValue<string>()).ShouldBe(("InSync", issued.Thumbprint));
        member["lastContactAt"].ShouldNotBeNull();

        var refused = gds.NewPeer($"refused-{Interlocked.Increment(ref s_last)}");
        var der = PemFile.ReadCertificates(await File.ReadAllBytesAsync(refused.CertificateFile, Ct))[0];
        await client.CallGoodAsync(s_reports, Id(AgentIds.ReportFindings), NodeVariant.NodeId(id), NodeVariant.Structures(
            Id(AgentIds.FindingDataType), new JsonObject { ["kind"] = 0, ["policy"] = 0, ["certificate"] = Convert.ToBase64String(der.Der) }));
        var inbox = await gds.RunAsync("inbox", "list", "--json");
        inbox.EnumerateArray().Single(c => c.GetProperty("thumbprint").GetString() == der.Thumbprint)
            .GetProperty("seenAt")[0].GetProperty("applicationUri").GetString().ShouldBe(own.ApplicationUri);

        await gds.RunAsync("inbox", "trust", der.Thumbprint, "--json");
        (await client.ReadTrustListAsync(id)).TrustedCertificates.ShouldContain(c => c!.SequenceEqual(der.Der));
        (await MemberAsync(own))["state"]!.GetValue<string>().ShouldBe("Waiting");

        (await client.CallAsync(s_reports, Id(AgentIds.ReportState), Arguments("ns=1;g=" + Guid.NewGuid(), 0, null, list, null))).StatusCode.ShouldBe("BadNotFound");
        (await client.CallAsync(s_reports, Id(AgentIds.ReportState), Arguments(id, 9, null, list, null))).StatusCode.ShouldBe("BadInvalidArgument");
        await _client.ConnectAsync(gds.AdminOptions(), Ct);
        (await _client.CallAsync(s_reports, Id(AgentIds.ReportState), Arguments(id, 0, null, list, null))).StatusCode.ShouldBe("BadUserAccessDenied");
    }

    private static string Id(uint id) => $"nsu={AgentIds.NamespaceUri};i={id}";

    private static Task<NodeVariant[]> ReportAsync(NodeClient client, string id, int outcome, string thumbprint, DateTime list, string? text) =>
        client.CallGoodAsync(s_reports, Id(AgentIds.ReportState), Arguments(id, outcome, thumbprint, list, text));

    private static NodeVariant[] Arguments(string id, int outcome, string? thumbprint, DateTime list, string? text) =>
    [
        NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.Int32(outcome), NodeVariant.String(thumbprint), NodeVariant.DateTime(list),
        NodeVariant.DateTime(TimeProvider.System.GetUtcNow().UtcDateTime), NodeVariant.String(text),
    ];

    private async Task<JsonNode> MemberAsync(PeerCertificate own)
    {
        var shown = await gds.RunAsync("app", "show", own.ApplicationUri, "--json");
        return JsonNode.Parse(shown.GetProperty("application").GetProperty("sync")[0].GetRawText())!;
    }

    /// <summary>Enrols with a token; the options are those of the certificate that came of it.</summary>
    private async Task<(string Id, ApplicationCertificate Issued, NodeConnect Options)> EnrolAsync(PeerCertificate own)
    {
        var made = await gds.RunAsync("token", "create", "--application", own.ApplicationUri, "--json");
        EnrolmentString.TryParse(made.GetProperty("token").GetString(), out var token, out _).ShouldBeTrue();
        await using var first = new NodeClient();
        await first.ConnectAsync(gds.Options(own) with { User = token!.UserName, Password = token.Password }, Ct);
        var id = await first.RegisterAsync(own.ApplicationUri, server: false);
        using var key = KeyPair.ImportPem(await File.ReadAllTextAsync(own.PrivateKeyFile, Ct));
        var csr = SigningRequest.Create(SubjectName.Build("Foreign"), key, own.ApplicationUri, [], []);
        var request = (await first.DirectoryAsync(
            DirectoryMethodIds.StartSigningRequest, NodeVariant.NodeId(id), NodeVariant.NodeId("i=0"), NodeVariant.NodeId("i=0"), NodeVariant.ByteString(csr)))[0].As<string>();
        var issued = (await first.DirectoryAsync(DirectoryMethodIds.FinishRequest, NodeVariant.NodeId(id), NodeVariant.NodeId(request)))[0].Bytes()!;
        var file = own.CertificateFile + ".issued.pem";
        await File.WriteAllTextAsync(file, PemEncoding.WriteString("CERTIFICATE", issued), Ct);
        return (id, ApplicationCertificate.Parse(issued), gds.Options(own with { CertificateFile = file }));
    }
}
