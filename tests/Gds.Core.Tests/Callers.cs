using Gds.Core.Applications;
using Gds.Store;
using Pki;

namespace Gds.Core.Tests;

/// <summary>The people and programs of the tests.</summary>
internal static class Callers
{
    public static Caller Admin { get; } = With(GdsRoles.All);

    public static Caller With(GdsRoles roles, ChannelMode channel = ChannelMode.SignAndEncrypt)
        => new() { Who = "ann", Origin = "10.0.0.9", Roles = roles, Channel = channel };

    /// <summary>An application that shows a certificate and no user.</summary>
    public static Caller Application(string uri, string thumbprint, bool trusted = true, ChannelMode channel = ChannelMode.SignAndEncrypt)
        => new() { Who = uri, Origin = "10.0.0.7", Channel = channel, Application = new(uri, thumbprint, trusted) };

    public static Caller Enrolling(EnrolmentGrant grant, string uri, string thumbprint)
        => Application(uri, thumbprint, trusted: false) with { Enrolment = grant };
}

/// <summary>Applications and requests as gateways would send them.</summary>
internal static class Sample
{
    private static readonly Lazy<KeyPair> SharedKey = new(() => KeyPair.Create(KeyPairKind.Rsa2048));

    /// <summary>A key for tests in which it does not matter which.</summary>
    public static KeyPair Key => SharedKey.Value;

    public static ApplicationRegistration Server(string uri = "urn:plant:gateway", params string[] urls) => new(
        uri, ApplicationType.Server, [new("en", "Gateway")], "urn:vendor:gateway",
        urls.Length == 0 ? ["opc.tcp://gateway.plant:4840", "opc.tcp://10.0.0.5:4840"] : urls, ["DA"]);

    public static ApplicationRegistration Client(string uri = "urn:plant:client") => new(
        uri, ApplicationType.Client, [new(null, "Client")], "urn:vendor:client", [], []);

    public static byte[] Csr(string uri = "urn:plant:gateway", KeyPair? key = null, string subject = "CN=Gateway", string[]? dns = null, string[]? ips = null)
        => SigningRequest.Create(SubjectName.Parse(subject), key ?? Key, uri, dns ?? ["gateway.plant"], (ips ?? []).Select(System.Net.IPAddress.Parse));
}
