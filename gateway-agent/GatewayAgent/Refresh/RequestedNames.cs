using System.Net;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Configuration;
using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.Refresh;

/// <summary>What a signing request says: subject, and host names from the discovery URLs and the configuration.</summary>
internal sealed record RequestedNames(X500DistinguishedName Subject, IReadOnlyList<string> DnsNames, IReadOnlyList<IPAddress> Addresses)
{
    public IReadOnlyList<string> Hosts => [.. DnsNames, .. Addresses.Select(a => a.ToString())];

    public static RequestedNames Of(ApplicationConfiguration application, string commonName, string? organization)
    {
        var hosts = application.DiscoveryUrls.Select(DiscoveryUrl.HostOf).OfType<string>().Concat(application.HostNames).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var subject = application.Subject is { } text ? SubjectName.Parse(text) : SubjectName.Build(commonName, organization: organization ?? LocalHostNames.HostName);
        return new RequestedNames(
            subject,
            [.. hosts.Where(h => !IPAddress.TryParse(h, out _))],
            [.. hosts.Where(h => IPAddress.TryParse(h, out _)).Select(IPAddress.Parse)]);
    }

    public byte[] Request(KeyPair key, string applicationUri) => SigningRequest.Create(Subject, key, applicationUri, DnsNames, Addresses);
}
