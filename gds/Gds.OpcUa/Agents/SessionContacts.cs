using Gds.Core.Sync;
using Gds.OpcUa.Identity;
using Ua.Core;
using Ua.Server.Nodes;
using Ua.Server.Sessions;

namespace Gds.OpcUa.Agents;

/// <summary>Tells the core which application opened a session: that it was heard of, and all that it administers with it.</summary>
internal sealed class SessionContacts(SyncRegister register, Callers callers) : ISessionObserver
{
    public void Activated(ICallContext session) => register.Heard(callers.Of(session));

    public void Refused(SessionRefusal refusal) { }

    public void Closed(NodeId sessionId) { }
}
