using System.Net;
using Ua.Core;
using Ua.Security;

namespace Ua.Transport;

/// <summary>A way to secure channels that an endpoint offers.</summary>
public sealed record OfferedSecurity(ISecurityPolicy Policy, MessageSecurityMode Mode)
{
    /// <summary>What discovery needs.</summary>
    public static readonly OfferedSecurity None = new(SecurityPolicies.None, MessageSecurityMode.None);
}

/// <summary>An address that a server listens on, and the security that it offers there.</summary>
public sealed class UaTcpEndpoint(IPEndPoint address, IReadOnlyList<OfferedSecurity> offers)
{
    /// <summary>The address as configured; port 0 takes any free one.</summary>
    public IPEndPoint Address { get; } = address;

    public IReadOnlyList<OfferedSecurity> Offers { get; } = offers;

    /// <summary>The address that is listened on, with its real port; throws before the server has started.</summary>
    public IPEndPoint BoundAddress => Binding?.Invoke() ?? throw new InvalidOperationException($"The endpoint {Address} does not listen yet.");

    internal Func<IPEndPoint?>? Binding { get; set; }

    internal bool HasPolicy(ISecurityPolicy policy) => Offers.Any(o => o.Policy == policy);

    internal bool Allows(ISecurityPolicy policy, MessageSecurityMode mode) => Offers.Any(o => o.Policy == policy && o.Mode == mode);
}
