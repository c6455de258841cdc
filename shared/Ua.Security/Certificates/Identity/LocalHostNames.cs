using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Ua.Security.Certificates;

/// <summary>How this machine is called by others: for its first certificate, and to know itself behind a loopback address.</summary>
public static class LocalHostNames
{
    /// <summary>The plain host name as the system gives it.</summary>
    public static string HostName => Dns.GetHostName();

    /// <summary>Host name and, where the machine has a domain, the full name. Never "localhost".</summary>
    public static IReadOnlyList<string> Names()
    {
        var host = HostName;
        var domain = IPGlobalProperties.GetIPGlobalProperties().DomainName;
        List<string> names = [host];
        if (domain.Length > 0 && domain != "(none)" && !host.Contains('.')) names.Add($"{host}.{domain}");
        return [.. names.Where(IsUsable).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Addresses of the interfaces that are up, without loopback, link-local and temporary ones.</summary>
    public static IReadOnlyList<IPAddress> Addresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Select(a => a.Address)
                .Where(IsUsable)
                .Distinct()];
        }
        catch (NetworkInformationException)
        {
            return []; // a container may hide its interfaces; the host name remains
        }
    }

    private static bool IsUsable(string name) =>
        name.Length is > 0 and <= 253 && name.All(char.IsAscii) && !name.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsUsable(IPAddress address) => !IPAddress.IsLoopback(address)
        && (address.AddressFamily == AddressFamily.InterNetwork ? !IsLinkLocal(address.GetAddressBytes()) : !address.IsIPv6LinkLocal && !address.IsIPv6Multicast);

    private static bool IsLinkLocal(byte[] address) => address[0] == 169 && address[1] == 254;
}
