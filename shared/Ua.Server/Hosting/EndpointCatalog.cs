using System.Net;
using Ua.Core;
using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Ua.Server.Hosting;

/// <summary>
/// What the server tells of its endpoints (Part 4, 5.5.4 and 7.14). URLs are built from the one by which the client came, where that
/// is one of ours, so that they work from where the client stands.
/// </summary>
internal sealed class EndpointCatalog
{
    public const string TransportProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    private readonly UaServerOptions _options;
    private readonly IApplicationIdentitySource _identity;
    private readonly HashSet<string> _ownHosts;

    public EndpointCatalog(UaServerOptions options, IApplicationIdentitySource identity)
    {
        _options = options;
        _identity = identity;
        Endpoints = [.. options.Endpoints.Select(e => new ServerEndpoint(e))];
        _ownHosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "localhost", "127.0.0.1", "::1", LocalHostNames.HostName,
        };
        _ownHosts.UnionWith(LocalHostNames.Names());
        _ownHosts.UnionWith(LocalHostNames.Addresses().Select(a => a.ToString()));
        foreach (var endpoint in Endpoints)
            if (!endpoint.ListensEverywhere) _ownHosts.Add(endpoint.Host);
    }

    public IReadOnlyList<ServerEndpoint> Endpoints { get; }

    /// <summary>The endpoint by which a channel came in: where it connected to counts, not the URL that it names.</summary>
    public ServerEndpoint EndpointOf(IServerChannel channel)
    {
        foreach (var endpoint in Endpoints)
            if (endpoint.Listener == channel.Endpoint) return endpoint;
        return Endpoints.Count == 1 ? Endpoints[0] : throw new UaException(StatusCodes.BadTcpEndpointUrlInvalid, "The channel came in by none of the endpoints of this server.");
    }

    public ApplicationDescription Application(string? requestedUrl) => new(
        _options.ApplicationUri,
        _options.ProductUri,
        new LocalizedText("en", _options.ApplicationName),
        _options.ApplicationType,
        GatewayServerUri: null,
        DiscoveryProfileUri: null,
        [.. Endpoints.SelectMany(e => UrlsOf(e, requestedUrl)).Distinct()]);

    /// <summary>True where the certificate of this server names the host of a URL.</summary>
    public bool CertificateNames(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && NamesHost(parsed.Host.Trim('[', ']'));

    /// <summary>All endpoints on which sessions can be made.</summary>
    public EndpointDescription[] Describe(string? requestedUrl)
    {
        var application = Application(requestedUrl);
        return
        [
            .. from endpoint in Endpoints
               from url in UrlsOf(endpoint, requestedUrl)
               from offer in endpoint.SessionOffers
               let certificate = CertificateFor(offer.Policy)
               where offer.Policy.IsNone || certificate is not null
               select new EndpointDescription(
                   url, application, certificate, offer.Mode, offer.Policy.Uri, TokenPolicies(endpoint, offer), TransportProfile, Level(offer)),
        ];
    }

    /// <summary>The users that may come in under a policy. Where the channel protects nothing, their secrets have a policy of their own.</summary>
    public static UserTokenPolicy[] TokenPolicies(ServerEndpoint endpoint, OfferedSecurity offer)
    {
        var policy = offer.Policy.IsNone ? SecurityPolicies.Prefix + endpoint.Options.UserTokenPolicyWithoutSecurity : null;
        return
        [
            .. endpoint.Options.UserTokens.Distinct().Select(type => type switch
            {
                UserTokenType.Anonymous => new UserTokenPolicy("anonymous", type),
                UserTokenType.UserName => new UserTokenPolicy("username", type, SecurityPolicyUri: policy),
                UserTokenType.Certificate => new UserTokenPolicy("certificate", type, SecurityPolicyUri: policy),
                _ => throw new UaException(StatusCodes.BadConfigurationError, $"UserTokens of the endpoint {endpoint.Options.Url} names {type}, which is not supported."),
            }),
        ];
    }

    private bool NamesHost(string host)
    {
        var certificate = _identity.Current.Primary.Certificate;
        return certificate.DnsNames.Contains(host, StringComparer.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && certificate.IpAddresses.Contains(address));
    }

    private byte[]? CertificateFor(ISecurityPolicy policy) =>
        policy.IsNone ? _identity.Current.Primary.ChainBytes : _identity.Current.For(policy.Uri)?.ChainBytes;

    private IEnumerable<string> UrlsOf(ServerEndpoint endpoint, string? requestedUrl)
    {
        if (Uri.TryCreate(requestedUrl, UriKind.Absolute, out var requested))
        {
            foreach (var alternate in endpoint.Options.AlternateUrls)
                if (IsSameAddress(new Uri(alternate), requested)) return [alternate];
            if (IsOwn(requested)) return [UrlOf(requested.Host, endpoint)];
        }

        return [UrlOf(endpoint.ListensEverywhere ? LocalHostNames.HostName : endpoint.Host, endpoint), .. endpoint.Options.AlternateUrls];
    }

    private bool IsOwn(Uri url)
    {
        var host = url.Host.Trim('[', ']');
        return _ownHosts.Contains(host) || NamesHost(host);
    }

    private static string UrlOf(string host, ServerEndpoint endpoint)
    {
        var name = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        return $"opc.tcp://{name}:{endpoint.Port}{endpoint.Path}";
    }

    private static bool IsSameAddress(Uri a, Uri b) => a.Port == b.Port && a.Host.Equals(b.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Encryption counts more than the policy, the policy by its strength.</summary>
    private static byte Level(OfferedSecurity offer) => offer.Mode switch
    {
        MessageSecurityMode.SignAndEncrypt => (byte)(100 + Strength(offer.Policy)),
        MessageSecurityMode.Sign => (byte)(50 + Strength(offer.Policy)),
        _ => 0,
    };

    private static int Strength(ISecurityPolicy policy)
    {
        for (var i = 0; i < SecurityPolicies.All.Count; i++)
            if (SecurityPolicies.All[i] == policy) return i;
        return 0;
    }
}
