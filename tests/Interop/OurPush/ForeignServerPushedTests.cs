using System.Security.Cryptography;
using System.Text.Json;
using Interop.Driving;
using Interop.OurGds;
using TestKit;

namespace Interop.OurPush;

/// <summary>Our GDS pushes certificates and its trust list to a foreign server with push management.</summary>
public sealed class ForeignServerPushedTests(GdsProcess gds) : IClassFixture<GdsProcess>
{
    private const string Admin = "admin";
    private const string Uri = "urn:localhost:interop:pushed";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_foreign_server_gets_certificate_and_trust_list_three_times_in_a_row()
    {
        using var folder = new TempFolder();
        var first = PeerFolder.SelfSigned(folder.FullPath, "server", Uri);
        var pki = Path.Combine(folder.FullPath, "pki");
        PeerFolder.Trust(pki, gds.Certificate);
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        await using var server = await NodePushServer.StartAsync(
            new()
            {
                PkiFolder = pki,
                CertificateFile = first.CertificateFile,
                PrivateKeyFile = first.PrivateKeyFile,
                Users = new() { [Admin] = password },
                Roles = new() { [Admin] = "AuthenticatedUser;SecurityAdmin" },
            },
            Ct);
        await gds.RunAsync("app", "add", "--uri", Uri, "--name", "Pushed", "--product-uri", "urn:node-opcua", "--discovery-url", server.EndpointUrl, "--capability", "NA", "--json");
        await gds.RunWithInputAsync(password, "push", "target", "add", Uri, "--user", Admin, "--fingerprint", Convert.ToHexString(SHA256.HashData(first.Der)), "--json");
        // A new target is pushed to at once; this waits for the end of that.
        (await gds.RunAsync("push", "run", Uri, "--json")).GetProperty("state").GetString().ShouldBe("Succeeded");
        HashSet<string> served = [(await server.DescribeAsync(Ct)).CertificateThumbprint!.ToUpperInvariant()];
        for (var time = 1; time <= 3; time++)
        {
            var run = await gds.RunAsync("push", "run", Uri, "--renew", "--json");
            run.GetProperty("state").GetString().ShouldBe("Succeeded", run.ToString());
            var thumbprint = (await server.DescribeAsync(Ct)).CertificateThumbprint!.ToUpperInvariant();
            served.Add(thumbprint).ShouldBeTrue($"push {time} left the certificate as it was");
            var issued = await gds.RunAsync("cert", "show", thumbprint, "--json");
            issued.GetProperty("applicationUri").GetString().ShouldBe(Uri);
            issued.GetProperty("hosts").EnumerateArray().Select(h => h.GetString()).ShouldContain("127.0.0.1");
            Steps(run, "Verify").ShouldContain(step => step.Contains(thumbprint, StringComparison.OrdinalIgnoreCase));
        }

        // This server keeps its trust list whatever CloseAndUpdate says, so the CA went there by AddCertificate.
        var trusted = Directory.GetFiles(Path.Combine(pki, "trusted", "certs")).Select(file => Pki.PemFile.ReadCertificates(File.ReadAllBytes(file))[0]);
        var authority = (await gds.RunAsync("ca", "show", "--json")).EnumerateArray().Single().GetProperty("authorities").EnumerateArray().Single();
        trusted.Select(c => c.Thumbprint).ShouldContain(authority.GetProperty("thumbprint").GetString());
        (await gds.RunAsync("cert", "list", "--application", Uri, "--json")).GetArrayLength().ShouldBe(served.Count);
        (await gds.RunAsync("request", "list", "--state", "Completed", "--json")).GetArrayLength().ShouldBe(0);
    }

    private static IEnumerable<string> Steps(JsonElement run, string kind) => run.GetProperty("steps").EnumerateArray()
        .Where(step => step.GetProperty("kind").GetString() == kind)
        .Select(step => step.GetProperty("text").GetString()!);
}
