using System.Collections.Immutable;
using Ua.Core;
using Ua.Server.Nodes;
using Ua.Transport;

namespace Ua.Server.Sessions;

/// <summary>Contexts of calls that no session stands behind.</summary>
internal static class SessionContexts
{
    /// <summary>A caller without any rights.</summary>
    public static readonly SessionContext Nobody = new(
        NodeId.Null, MessageSecurityMode.None, Security.SecurityPolicies.None.Uri, null, UserIdentity.Anonymous, ImmutableHashSet<NodeId>.Empty, null, [], null);

    /// <summary>A client that has made a session and not activated it.</summary>
    public static SessionContext Unactivated(NodeId sessionId, IServerChannel channel, ApplicationDescription client) => Nobody with
    {
        SessionId = sessionId,
        SecurityMode = channel.SecurityMode,
        SecurityPolicyUri = channel.SecurityPolicyUri,
        ClientCertificate = channel.ClientCertificate,
        ClientDescription = client,
        RemoteEndPoint = channel.RemoteEndPoint,
    };
}
