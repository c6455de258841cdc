using System.Security.Cryptography;
using Interop.Driving;
using TestKit;

namespace Interop;

/// <summary>The foreign push peers are driven rightly; what they do with each other is proved by their own selftest.</summary>
public sealed class ForeignPushPeersTests
{
    private const string Admin = "admin";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_push_client_reads_and_extends_the_trust_list_of_the_push_server()
    {
        using var folder = new TempFolder();
        var server = PeerFolder.SelfSigned(folder.FullPath, "server", "urn:localhost:interop:pushed");
        var client = PeerFolder.SelfSigned(folder.FullPath, "client", "urn:localhost:interop:pushing");
        var other = PeerFolder.SelfSigned(folder.FullPath, "other", "urn:localhost:interop:other");
        var (serverPki, clientPki) = (Path.Combine(folder.FullPath, "server-pki"), Path.Combine(folder.FullPath, "client-pki"));
        PeerFolder.Trust(serverPki, client.Der);
        PeerFolder.Trust(clientPki, server.Der);
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        await using var pushed = await NodePushServer.StartAsync(
            new()
            {
                PkiFolder = serverPki,
                CertificateFile = server.CertificateFile,
                PrivateKeyFile = server.PrivateKeyFile,
                Users = new() { [Admin] = password },
                Roles = new() { [Admin] = "AuthenticatedUser;SecurityAdmin" },
            },
            Ct);
        await using var pushing = new NodePushClient();
        await pushing.ConnectAsync(
            new()
            {
                EndpointUrl = pushed.EndpointUrl,
                PkiFolder = clientPki,
                Policy = "Basic256Sha256",
                Mode = "SignAndEncrypt",
                CertificateFile = client.CertificateFile,
                PrivateKeyFile = client.PrivateKeyFile,
                User = Admin,
                Password = password,
            },
            Ct);
        (await pushing.SupportedPrivateKeyFormatsAsync(Ct)).ShouldBe(["PEM"]);
        (await pushing.AddCertificateAsync(other.Der, ct: Ct)).ShouldBe("Good");
        var list = await pushing.ReadTrustListAsync(ct: Ct);
        list.TrustedCertificates.ShouldContain(bytes => bytes.SequenceEqual(other.Der));
        list.TrustedCertificates.ShouldContain(bytes => bytes.SequenceEqual(client.Der));
        var request = await pushing.CreateSigningRequestAsync(regenerate: true, ct: Ct);
        request.StatusCode.ShouldBe("Good");
        request.Request.ShouldNotBeNull().ShouldNotBeEmpty();
        (await pushing.RejectedListAsync(Ct)).StatusCode.ShouldBe("Good");
        await pushing.CloseAsync(Ct);
    }
}
