using System.Net;
using Gds.Core;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Identity;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Identity;

/// <summary>Turns the session behind a call into the caller that the core knows.</summary>
internal sealed class Callers(GdsNamespace ns, EnrolmentGrants grants)
{
    private readonly (NodeId Node, GdsRoles Role)[] _roles =
    [
        (ns.Node(GdsIds.DiscoveryAdminRole), GdsRoles.DiscoveryAdmin),
        (ns.Node(GdsIds.CertificateAuthorityAdminRole), GdsRoles.CertificateAuthorityAdmin),
        (ns.Node(GdsIds.RegistrationAuthorityAdminRole), GdsRoles.RegistrationAuthorityAdmin),
        (WellKnownRoles.SecurityAdmin, GdsRoles.SecurityAdmin),
    ];

    public Caller Of(ICallContext context)
    {
        var application = ChannelCertificates.IdentityOf(context.ClientCertificate, context.Roles.Contains(WellKnownRoles.TrustedApplication));
        var enrolment = application is null ? null : grants.Find(context.User, application.Thumbprint);
        return new Caller
        {
            Who = context.User.Kind == UserIdentityKind.Anonymous ? application?.ApplicationUri ?? "anonymous" : context.User.Name,
            Origin = OriginOf(context.RemoteEndPoint),
            Roles = RolesOf(context.Roles),
            Channel = ModeOf(context.SecurityMode),
            Application = application,
            Enrolment = enrolment,
        };
    }

    /// <summary>The role nodes that a session of someone with these roles gets.</summary>
    public IReadOnlyList<NodeId> NodesOf(GdsRoles roles) => [.. _roles.Where(r => roles.HasFlag(r.Role)).Select(r => r.Node)];

    public static string OriginOf(EndPoint? remote) => remote switch
    {
        IPEndPoint { Address: { IsIPv4MappedToIPv6: true } address } => address.MapToIPv4().ToString(),
        IPEndPoint ip => ip.Address.ToString(),
        null => "unknown",
        _ => remote.ToString() ?? "unknown",
    };

    private GdsRoles RolesOf(IReadOnlySet<NodeId> nodes)
    {
        var roles = GdsRoles.None;
        foreach (var (node, role) in _roles)
            if (nodes.Contains(node)) roles |= role;
        return roles;
    }

    private static ChannelMode ModeOf(MessageSecurityMode mode) => mode switch
    {
        MessageSecurityMode.Sign => ChannelMode.Sign,
        MessageSecurityMode.SignAndEncrypt => ChannelMode.SignAndEncrypt,
        _ => ChannelMode.None,
    };
}
