using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>Nodes of namespace 0 that conditions are made of (Part 9, 5.5 to 5.11).</summary>
internal static class ConditionIds
{
    public static readonly NodeId Server = new(2253);
    public static readonly NodeId ConditionType = new(2782);
    public static readonly NodeId SystemConditionClass = new(11166);
    public static readonly NodeId CertificateExpirationAlarm = new(13225);
    public static readonly NodeId TrustListOutOfDateAlarm = new(19297);

    public static readonly NodeId SupportsFilteredRetain = new(32060);
    public static readonly NodeId ConditionRefresh = new(3875);
    public static readonly NodeId ConditionRefresh2 = new(12912);
    public static readonly NodeId Enable = new(9027);
    public static readonly NodeId Disable = new(9028);
    public static readonly NodeId AddComment = new(9029);
    public static readonly NodeId Acknowledge = new(9111);

    public static readonly NodeId RefreshStartEvent = new(2787);
    public static readonly NodeId RefreshEndEvent = new(2788);
    public static readonly NodeId AuditEnableEvent = new(2803);
    public static readonly NodeId AuditCommentEvent = new(2829);
    public static readonly NodeId AuditAcknowledgeEvent = new(8944);
}
