using Ua.Security.Certificates;
using Ua.Server.Hosting;

namespace Gds.OpcUa.Hosting;

/// <summary>How others find the GDS and recognise it.</summary>
public sealed class GdsAddress
{
    private readonly GdsEndpointOptions _options;
    private readonly UaServerEndpoints? _endpoints;
    private readonly IApplicationIdentitySource _identity;

    internal GdsAddress(GdsEndpointOptions options, UaServerEndpoints? endpoints, IApplicationIdentitySource identity)
        => (_options, _endpoints, _identity) = (options, endpoints, identity);

    /// <summary>The URL to hand out; with the real port once the server listens.</summary>
    public string EndpointUrl => _options.AdvertisedUrl(_options.Port == 0 && _endpoints is { Urls: [var url, ..] } ? new Uri(url).Port : _options.Port);

    /// <summary>SHA-256 of the certificate that the GDS shows, upper-case hex.</summary>
    public string CertificateSha256 => _identity.Current.Primary.Certificate.Sha256;
}
