using Interop.Driving;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace Interop.Ours;

/// <summary>Our client as it meets foreign servers: its certificate and whom it trusts.</summary>
internal static class OurClient
{
    public static IdentityCertificate Load(PeerCertificate certificate) => new(
        ApplicationCertificate.Parse(certificate.Der), KeyPair.ImportPem(File.ReadAllText(certificate.PrivateKeyFile)), []);

    public static CertificateValidator Trusting(params byte[][] certificates) => new(
        new PublishedTrustLists(new TrustLists([.. certificates.Select(der => new TrustListCertificate(ApplicationCertificate.Parse(der), "test"))], [], [], [])),
        new CertificateValidationOptions(),
        TimeProvider.System,
        NullLogger<CertificateValidator>.Instance);

    public static SessionOptions Options(
        string url, PeerCertificate own, byte[] server, string? policyUri, MessageSecurityMode? mode, UserIdentity? user = null, TimeSpan? channelLifetime = null) => new()
        {
            EndpointUrl = url,
            Application = new ClientApplication("our client", new FixedApplicationIdentity(new ApplicationIdentity(Load(own)))),
            ServerCertificates = Trusting(server),
            SecurityPolicyUri = policyUri,
            SecurityMode = mode,
            User = user ?? UserIdentity.Anonymous,
            ChannelLifetime = channelLifetime ?? TimeSpan.FromHours(1),
            FirstReconnectDelay = TimeSpan.FromMilliseconds(100),
            LongestReconnectDelay = TimeSpan.FromMilliseconds(500),
            KeepAliveInterval = TimeSpan.FromMilliseconds(500),
            RequestTimeout = TimeSpan.FromSeconds(10),
        };
}
