using System.Net;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Sessions;

/// <summary>Hears of sessions, for audit and for what an application keeps for each session. Called on the thread that serves the client: be quick.</summary>
public interface ISessionObserver
{
    void Activated(ICallContext session);

    void Refused(SessionRefusal refusal);

    void Closed(NodeId sessionId);
}

/// <summary>A CreateSession or ActivateSession that was refused, with the reason that the client does not get to know.</summary>
public sealed record SessionRefusal(
    StatusCode StatusCode,
    string Reason,
    string? UserName,
    string? ClientApplicationUri,
    byte[]? ClientCertificate,
    EndPoint? RemoteEndPoint);
