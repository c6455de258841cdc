using Ua.Core;
using Ua.Gds;
using Ua.Server.Events;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Events;

/// <summary>Tells clients of changes of the directory (ApplicationRegistrationChangedAuditEventType, Part 12, 6.5.12).</summary>
internal sealed class DirectoryAudit(AuditEvents events, EventClaims claims, GdsNamespace ns)
{
    public IDisposable Claim(string applicationIdOrUri) => claims.Claim(applicationIdOrUri);

    public void RegistrationChanged(MethodCall call, string message) =>
        events.Raise(events.OfMethod(ns.Node(GdsIds.ApplicationRegistrationChangedAuditEventType), call, StatusCodes.Good, message, sourceName: "Directory"));
}
