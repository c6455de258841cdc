using System.Net;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Sessions;

/// <summary>Who is asking, as of the last activation of a session.</summary>
internal sealed record SessionContext(
    NodeId SessionId,
    MessageSecurityMode SecurityMode,
    string SecurityPolicyUri,
    byte[]? ClientCertificate,
    UserIdentity User,
    IReadOnlySet<NodeId> Roles,
    ApplicationDescription? ClientDescription,
    IReadOnlyList<string> LocaleIds,
    EndPoint? RemoteEndPoint) : ICallContext
{
    /// <summary>The AuditEntryId of the request that is being answered.</summary>
    public string? AuditEntryId { get; init; }

    public int MaxResponseSize { get; init; } = int.MaxValue;
}
