using Interop.Driving;
using TestKit;
using Ua.Client;
using Ua.Core;
using Ua.Security;

namespace Interop.Ours;

/// <summary>A foreign server that trusts our client, with all policies and a user.</summary>
public sealed class ForeignServer : IAsyncLifetime
{
    public const string User = "operator";

    /// <summary>Longer than one RSA block with some policies, and not only ASCII.</summary>
    public const string Password = "a longer secret: häßlich";

    private readonly TempFolder _folder = new();

    internal PeerCertificate Certificate { get; private set; } = null!;

    internal PeerCertificate Client { get; private set; } = null!;

    internal PeerCertificate UserCertificate { get; private set; } = null!;

    internal NodeServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Certificate = NewCertificate("server");
        Client = NewCertificate("client");
        UserCertificate = NewCertificate("user");
        PeerFolder.Trust(_folder.File("server-pki"), Client.Der);
        PeerFolder.Trust(_folder.File("users-pki"), UserCertificate.Der);
        Server = await NodeServer.StartAsync(new()
        {
            PkiFolder = _folder.File("server-pki"),
            UserPkiFolder = _folder.File("users-pki"),
            CertificateFile = Certificate.CertificateFile,
            PrivateKeyFile = Certificate.PrivateKeyFile,
            Policies = ["None", "Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"],
            Users = new() { [User] = Password },
            TokenLifetime = 3_600_000,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    internal PeerCertificate NewCertificate(string name) => PeerFolder.SelfSigned(_folder.FullPath, name, $"urn:localhost:interop:{name}");

    internal SessionOptions Options(
        string? policy, MessageSecurityMode? mode, UserIdentity? user = null, TimeSpan? lifetime = null, int? port = null, PeerCertificate? own = null, PeerCertificate? trusted = null) =>
        OurClient.Options(
            $"opc.tcp://127.0.0.1:{port ?? Server.Description.Port}",
            own ?? Client,
            (trusted ?? Certificate).Der,
            policy is null ? null : SecurityPolicies.Prefix + policy,
            mode,
            user,
            lifetime);
}
