using System.Net;
using Ua.Core;

namespace Ua.Server.Nodes;

/// <summary>Who is asking: the session and the channel behind a service call.</summary>
public interface ICallContext
{
    /// <summary>Null for a call without a session, and for the server itself.</summary>
    NodeId SessionId { get; }

    MessageSecurityMode SecurityMode { get; }

    string SecurityPolicyUri { get; }

    /// <summary>The certificate of the client application as it was sent, chain included; null on policy None.</summary>
    byte[]? ClientCertificate { get; }

    UserIdentity User { get; }

    /// <summary>The roles granted to the session, Anonymous included (Part 18, 4.2).</summary>
    IReadOnlySet<NodeId> Roles { get; }

    /// <summary>What the client said of itself when it created the session; null without a session.</summary>
    ApplicationDescription? ClientDescription { get; }

    /// <summary>The client's id for the audit trail of this request; null where it gave none.</summary>
    string? AuditEntryId => null;

    /// <summary>The address of the client's machine.</summary>
    EndPoint? RemoteEndPoint => null;

    /// <summary>The longest answer that the client takes, in bytes of its body: what may be given in parts is given in parts of less.</summary>
    int MaxResponseSize => int.MaxValue;

    /// <summary>The locales that the client wants, the most wanted first.</summary>
    IReadOnlyList<string> LocaleIds { get; }
}
