using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Client;
using Ua.Core;
using Ua.Gds;
using Ua.Security.Certificates;
using ApplicationType = Ua.Core.ApplicationType;

namespace EndToEnd.Tests.Clients;

/// <summary>An application of the plant as a test plays it: its key, its certificate of the moment, and sessions with a server that the test started itself.</summary>
internal sealed class TestApplication : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly FixedApplicationIdentity _identity;
    private readonly ConcurrentDictionary<string, CertificateValidator> _servers = new();

    private TestApplication(string name, KeyPair key)
    {
        (Name, Key) = (name, key);
        var certificate = SelfSignedCertificate.Create(ApplicationUri, Subject, ["localhost"], [], key, TimeSpan.FromDays(30), TimeProvider.System);
        _identity = new FixedApplicationIdentity(new ApplicationIdentity(new IdentityCertificate(certificate, key, [])));
    }

    public string Name { get; }

    public string ApplicationUri => $"urn:localhost:gdssuite-tests:{Name}";

    public KeyPair Key { get; }

    public IdentityCertificate Certificate => _identity.Current.Primary;

    public ApplicationRecord Record => RecordOf(Name);

    private X500DistinguishedName Subject => SubjectName.Parse($"CN={Name}");

    /// <summary>With a new RSA key of 2048 bits and a certificate signed by itself.</summary>
    public static TestApplication Create(string name) => new(name, KeyPair.Create(KeyPairKind.Rsa2048));

    /// <summary>The same with a key that others use too: making keys takes long where there are many applications.</summary>
    public static TestApplication With(string name, KeyPair key) => new(name, key);

    public static ApplicationRecord RecordOf(string name) => new(
        NodeId.Null,
        $"urn:localhost:gdssuite-tests:{name}",
        ApplicationType.Server,
        [new LocalizedText("en", name)],
        "urn:localhost:gdssuite-tests",
        ["opc.tcp://localhost:4840"],
        ["DA"]);

    public byte[] SigningRequest() => Pki.SigningRequest.Create(Subject, Key, ApplicationUri, ["localhost"], []);

    /// <summary>From the next session on, this certificate counts.</summary>
    public void Take(byte[] certificate, IEnumerable<byte[]> issuers) => _identity.Replace(new ApplicationIdentity(
        new IdentityCertificate(ApplicationCertificate.Parse(certificate), Key, issuers.Select(i => ApplicationCertificate.Parse(i)))));

    public Task<UaSession> ConnectAsync(string url, CancellationToken cancellationToken) => ConnectAsync(url, UserIdentity.Anonymous, cancellationToken);

    /// <summary>A session as a gateway agent keeps it: quiet, and over when its connection is.</summary>
    public Task<UaSession> ListenAsync(string url, CancellationToken cancellationToken) =>
        ConnectAsync(url, UserIdentity.Anonymous, TimeSpan.FromMinutes(1), reconnects: false, cancellationToken);

    public Task<UaSession> ConnectAsync(string url, UserIdentity user, CancellationToken cancellationToken) =>
        ConnectAsync(url, user, TimeSpan.FromSeconds(5), reconnects: true, cancellationToken);

    /// <summary>A session with a server that has to show a certificate which is valid by these rules; a connection that is lost is not made anew.</summary>
    public Task<UaSession> ConnectAsync(string url, CertificateValidator servers, CancellationToken cancellationToken) =>
        ConnectAsync(url, servers, UserIdentity.Anonymous, TimeSpan.FromSeconds(5), reconnects: false, cancellationToken);

    private async Task<UaSession> ConnectAsync(string url, UserIdentity user, TimeSpan keepAlive, bool reconnects, CancellationToken cancellationToken) =>
        await ConnectAsync(url, await WhoeverAnswersAsync(url, cancellationToken), user, keepAlive, reconnects, cancellationToken);

    private Task<UaSession> ConnectAsync(string url, CertificateValidator servers, UserIdentity user, TimeSpan keepAlive, bool reconnects, CancellationToken cancellationToken) => UaSession.ConnectAsync(
        new SessionOptions
        {
            EndpointUrl = url,
            Application = new ClientApplication(Name, _identity),
            ServerCertificates = servers,
            SecurityMode = MessageSecurityMode.SignAndEncrypt,
            SecurityPolicyUri = Ua.Security.SecurityPolicies.Basic256Sha256.Uri,
            User = user,
            Reconnects = reconnects,
            KeepAliveInterval = keepAlive,
            SessionTimeout = keepAlive * 12 > TimeSpan.FromMinutes(3) ? TimeSpan.FromMinutes(3) : keepAlive * 12,
            RequestTimeout = s_patience,
            ConnectTimeout = s_patience,
        },
        cancellationToken);

    public void Dispose() => Key.Dispose();

    /// <summary>Trusts the certificates that the server shows: it is a process of the test on this machine, and they stay the same.</summary>
    private async Task<CertificateValidator> WhoeverAnswersAsync(string url, CancellationToken cancellationToken)
    {
        if (_servers.TryGetValue(url, out var known)) return known;
        var endpoints = await Discovery.GetEndpointsAsync(url, new DiscoveryOptions { Timeout = s_patience }, cancellationToken);
        var shown = endpoints.Where(e => e.ServerCertificate is { Length: > 0 }).Select(e => CertificateChainBytes.Parse(e.ServerCertificate)).ToList();
        var lists = new TrustLists(Part(shown.Select(c => c[0])), [], Part(shown.SelectMany(c => c.Skip(1))), []);
        var options = new CertificateValidationOptions { SuppressRevocationStatusUnknown = true, SuppressIssuerRevocationStatusUnknown = true };
        return _servers.GetOrAdd(url, new CertificateValidator(new PublishedTrustLists(lists), options, TimeProvider.System, NullLogger<CertificateValidator>.Instance));

        static IEnumerable<TrustListCertificate> Part(IEnumerable<ApplicationCertificate> certificates) => certificates.Distinct().Select(c => new TrustListCertificate(c, "the server itself"));
    }
}
