using Ua.Core;

namespace Ua.Server.Events;

/// <summary>Event types of namespace 0 that this server raises or treats in a way of their own (Part 5, 6.4).</summary>
public static class EventTypeIds
{
    public static readonly NodeId BaseEvent = new(2041);
    public static readonly NodeId AuditEvent = new(2052);
    public static readonly NodeId AuditSessionEvent = new(2069);
    public static readonly NodeId AuditCreateSessionEvent = new(2071);
    public static readonly NodeId AuditUrlMismatchEvent = new(2748);
    public static readonly NodeId AuditActivateSessionEvent = new(2075);
    public static readonly NodeId AuditCancelEvent = new(2078);
    public static readonly NodeId AuditWriteUpdateEvent = new(2100);
    public static readonly NodeId AuditUpdateMethodEvent = new(2127);
    public static readonly NodeId EventQueueOverflowEvent = new(3035);
    public static readonly NodeId Condition = new(2782);
}
