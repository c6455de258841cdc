using System.Net;
using Ua.Core;
using Ua.Security;
using Ua.Transport;

namespace Ua.Server.Hosting;

/// <summary>One configured endpoint, made ready: what it offers to channels, and what to sessions.</summary>
internal sealed class ServerEndpoint
{
    private readonly Uri _url;

    public ServerEndpoint(UaEndpointOptions options)
    {
        Options = options;
        _url = new Uri(options.Url);
        SessionOffers = [.. Offers(options)];
        Listener = new UaTcpEndpoint(AddressOf(_url), [OfferedSecurity.None, .. SessionOffers.Where(o => !o.Policy.IsNone)]);
    }

    public UaEndpointOptions Options { get; }

    /// <summary>The security under which sessions may be made.</summary>
    public IReadOnlyList<OfferedSecurity> SessionOffers { get; }

    /// <summary>What listens; None is always offered, for discovery.</summary>
    public UaTcpEndpoint Listener { get; }

    /// <summary>The host as configured, without the brackets of IPv6.</summary>
    public string Host => _url.Host.Trim('[', ']');

    /// <summary>True where the endpoint listens on every address, so that its URL names none.</summary>
    public bool ListensEverywhere => IPAddress.TryParse(Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>The port that is listened on; the configured one before the start.</summary>
    public int Port => _url.Port > 0 ? _url.Port : Listener.BoundAddress.Port;

    public string Path => _url.AbsolutePath == "/" ? "" : _url.AbsolutePath;

    public bool Offers(string policyUri, MessageSecurityMode mode) => SessionOffers.Any(o => o.Policy.Uri == policyUri && o.Mode == mode);

    private static IEnumerable<OfferedSecurity> Offers(UaEndpointOptions options)
    {
        foreach (var name in options.SecurityPolicies.Distinct())
        {
            var policy = SecurityPolicies.ByUri(SecurityPolicies.Prefix + name)
                ?? throw new UaException(StatusCodes.BadConfigurationError, $"SecurityPolicies of the endpoint {options.Url} names '{name}', which is not known here.");
            if (policy.IsNone) continue;
            foreach (var mode in options.SecurityModes.Distinct().Where(m => m is MessageSecurityMode.Sign or MessageSecurityMode.SignAndEncrypt))
                yield return new OfferedSecurity(policy, mode);
        }

        if (options.AllowNone) yield return OfferedSecurity.None;
    }

    /// <summary>A name listens on the addresses that it stands for here; one that is no address of ours listens on all.</summary>
    private static IPEndPoint AddressOf(Uri url)
    {
        var host = url.Host.Trim('[', ']');
        var port = Math.Max(url.Port, 0);
        if (IPAddress.TryParse(host, out var address)) return new IPEndPoint(address, port);
        return new IPEndPoint(host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.IPv6Any, port);
    }
}
