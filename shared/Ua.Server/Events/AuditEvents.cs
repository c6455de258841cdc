using Ua.Core;
using Ua.Security;
using Ua.Server.Nodes;
using Ua.Transport;

namespace Ua.Server.Events;

/// <summary>Makes and raises the audit events of this server (Part 5, 6.4.3 ff.). Those of methods are for the code behind a method to raise.</summary>
public sealed class AuditEvents(IEventSink sink, TimeProvider time, string serverUri)
{
    private static readonly NodeId s_server = new(2253);

    /// <summary>An event of AuditUpdateMethodEventType or a subtype, ready for the fields of the subtype (Part 5, 6.4.27).</summary>
    /// <param name="eventType">The type of the event.</param>
    /// <param name="call">The call that it tells of.</param>
    /// <param name="status">The outcome of the call.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="sourceNode">The node that the event is about; the object of the call where null.</param>
    /// <param name="sourceName">Its name.</param>
    public UaEvent OfMethod(NodeId eventType, MethodCall call, StatusCode status, string message, NodeId? sourceNode = null, string sourceName = "Method/Call")
    {
        ArgumentNullException.ThrowIfNull(call);
        var e = Audit(eventType, sourceNode ?? call.ObjectId, sourceName, message, status, call.Caller);
        e["MethodId"] = call.MethodId;
        e["InputArguments"] = Variant.Array(BuiltInType.Variant, call.Inputs);
        e["StatusCodeId"] = status;
        return e;
    }

    public void Raise(UaEvent e) => sink.Raise(e);

    internal void SessionCreated(CreateSessionRequest request, IServerChannel channel, NodeId sessionId, double timeout, StatusCode status)
    {
        var e = OfSession(EventTypeIds.AuditCreateSessionEvent, "Session/CreateSession", sessionId, status, null, request.Header.AuditEntryId);
        e["ClientApplicationUri"] = request.ClientDescription.ApplicationUri;
        e["SecureChannelId"] = channel.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        e["ClientCertificate"] = channel.ClientCertificate;
        e["ClientCertificateThumbprint"] = channel.ClientCertificate is { } chain ? Convert.ToHexString(CertificateBytes.Thumbprint(chain)) : null;
        e["RevisedSessionTimeout"] = timeout;
        sink.Raise(e);
    }

    internal void SessionActivated(ICallContext session, NodeId sessionId, IServerChannel channel, StatusCode status)
    {
        var e = OfSession(EventTypeIds.AuditActivateSessionEvent, "Session/ActivateSession", sessionId, status, session, session.AuditEntryId);
        e["SecureChannelId"] = channel.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        e["CurrentRoleIds"] = session.Roles.ToArray();
        sink.Raise(e);
    }

    internal void SessionClosed(ICallContext session) =>
        sink.Raise(OfSession(EventTypeIds.AuditSessionEvent, "Session/CloseSession", session.SessionId, StatusCodes.Good, session, session.AuditEntryId));

    /// <summary>One event for a call of the service, with what became of the first subscription that was refused (Part 4, 6.5.10).</summary>
    internal void SubscriptionsTransferred(ICallContext session, StatusCode status) =>
        sink.Raise(OfSession(EventTypeIds.AuditSessionEvent, "Session/TransferSubscriptions", session.SessionId, status, session, session.AuditEntryId));

    /// <summary>The client came by a URL whose host the certificate of this server does not name (Part 4, 5.7.2).</summary>
    internal void UrlMismatch(CreateSessionRequest request, IServerChannel channel)
    {
        var e = OfSession(EventTypeIds.AuditUrlMismatchEvent, "Session/CreateSession", NodeId.Null, StatusCodes.Good, null, request.Header.AuditEntryId);
        e["EndpointUrl"] = request.EndpointUrl;
        e["SecureChannelId"] = channel.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        sink.Raise(e);
    }

    internal void Written(ICallContext caller, WriteValue value, StatusCode status)
    {
        var e = Audit(EventTypeIds.AuditWriteUpdateEvent, value.NodeId, "Attribute/Write", $"Attribute {value.AttributeId} of {value.NodeId} was written: {status}.", status, caller);
        e["AttributeId"] = value.AttributeId;
        e["IndexRange"] = value.IndexRange;
        e["NewValue"] = value.Value.Value;
        sink.Raise(e);
    }

    private UaEvent OfSession(NodeId type, string source, NodeId sessionId, StatusCode status, ICallContext? caller, string? auditEntryId)
    {
        var e = Audit(type, s_server, source, $"{source}: {status}.", status, caller);
        e["ClientAuditEntryId"] = auditEntryId;
        e["SessionId"] = sessionId;
        e["StatusCodeId"] = status;
        return e;
    }

    private UaEvent Audit(NodeId type, NodeId sourceNode, string sourceName, string message, StatusCode status, ICallContext? caller)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var e = new UaEvent(type, sourceNode, sourceName, new LocalizedText("en", message), (ushort)(status.IsBad ? 600 : 200), now);
        e["ActionTimeStamp"] = now;
        e["Status"] = !status.IsBad;
        e["ServerId"] = serverUri;
        e["ClientAuditEntryId"] = caller?.AuditEntryId;
        e["ClientUserId"] = caller is { User.Kind: not UserIdentityKind.Anonymous } ? caller.User.Name : "Anonymous";
        e["ClientApplicationUri"] = caller?.ClientDescription?.ApplicationUri;
        return e;
    }
}
