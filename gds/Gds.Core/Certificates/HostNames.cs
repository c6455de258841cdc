using System.Net;
using Gds.Core.Applications;

namespace Gds.Core.Certificates;

/// <summary>Host names and addresses that a certificate may carry: those of the record's discovery URLs, no others.</summary>
internal sealed record HostNames(IReadOnlyList<string> Dns, IReadOnlyList<IPAddress> Addresses)
{
    public static HostNames Of(ApplicationRecord record)
    {
        var hosts = RegistrationRules.Hosts(record.DiscoveryUrls);
        var addresses = hosts.Select(h => IPAddress.TryParse(h, out var ip) ? ip : null).OfType<IPAddress>().ToList();
        return new([.. hosts.Where(h => !IPAddress.TryParse(h, out _))], addresses);
    }

    public bool IsEmpty => Dns.Count == 0 && Addresses.Count == 0;

    /// <summary>All as text, as they are stored.</summary>
    public IReadOnlyList<string> All => [.. Dns.Select(d => d.ToLowerInvariant()), .. Addresses.Select(a => a.ToString())];

    /// <summary>The first name that the record's URLs do not have, or null.</summary>
    public string? FirstOutside(HostNames allowed)
        => Dns.FirstOrDefault(d => !allowed.Dns.Contains(d, StringComparer.OrdinalIgnoreCase))
        ?? Addresses.FirstOrDefault(a => !allowed.Addresses.Contains(a))?.ToString();
}
