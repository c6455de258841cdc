using System.Net;
using Pki;
using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>Step 7: a server's certificate names the host that we connect to.</summary>
internal sealed class HostNameStep : IChainStep
{
    public IEnumerable<StepReport> Run(ValidationContext context, CandidateChain chain)
    {
        var host = context.Check.HostName;
        if (string.IsNullOrEmpty(host) || context.Check.Role != PeerRole.Server)
        {
            yield return StepReport.Skip(ValidationStep.HostName, "No host name is compared: only a client knows which host it connects to.");
            yield break;
        }

        var leaf = chain.Leaf;
        var who = CandidateChain.Describe(leaf);
        yield return Names(leaf, host)
            ? StepReport.Pass(ValidationStep.HostName, $"The certificate {who} names the host '{host}'.", leaf)
            : StepReport.Fail(ValidationStep.HostName, StatusCodes.BadCertificateHostNameInvalid, IPAddress.TryParse(host.Trim('[', ']'), out _) ? Cause.AddressWrong : Cause.HostNameWrong, $"The certificate {who} does not name the host '{host}'; it names {List(leaf)}.", leaf, chain.Links[0].Source, maySuppress: true);
    }

    private static bool Names(ApplicationCertificate leaf, string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        if (HasDnsName(leaf, name)) return true;
        if (IPAddress.TryParse(name, out var address))
        {
            var plain = Plain(address);
            return leaf.IpAddresses.Any(a => Plain(a).Equals(plain)) || (IPAddress.IsLoopback(address) && NamesThisMachine(leaf));
        }

        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) && (NamesThisMachine(leaf) || leaf.IpAddresses.Any(IPAddress.IsLoopback));
    }

    /// <summary>A loopback connection cannot leave this machine, so a certificate of this machine is the right one.</summary>
    private static bool NamesThisMachine(ApplicationCertificate leaf) => HasDnsName(leaf, "localhost") || LocalHostNames.Names().Any(n => HasDnsName(leaf, n));

    private static bool HasDnsName(ApplicationCertificate leaf, string name) =>
        leaf.DnsNames.Any(n => n.TrimEnd('.').Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Without scope and IPv4-in-IPv6, which are properties of a socket and not of a host.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    private static string List(ApplicationCertificate leaf)
    {
        var names = leaf.DnsNames.Concat(leaf.IpAddresses.Select(a => a.ToString())).Take(20).Select(n => $"'{n}'").ToList();
        return names.Count == 0 ? "no host at all" : string.Join(", ", names);
    }
}
