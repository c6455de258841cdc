using System.Text.Json.Nodes;

namespace Interop.Driving;

/// <summary>A value as the foreign client read it.</summary>
internal sealed record NodeDataValue(
    string StatusCode, string Type, JsonNode? Value, string? ArrayType, int[]? Dimensions, DateTime? SourceTimestamp, DateTime? ServerTimestamp)
{
    public NodeVariant Variant => new(Type, Value, ArrayType, Dimensions);

    public T As<T>() => Variant.As<T>();
}

internal sealed record NodeName(int NamespaceIndex, string? Name);

internal sealed record NodeText(string? Locale, string? Text);

internal sealed record NodeReference(
    string ReferenceTypeId, bool IsForward, string NodeId, NodeName BrowseName, NodeText DisplayName, string NodeClass, string? TypeDefinition);

internal sealed record NodeBrowse(string StatusCode, NodeReference[] References, int Pages, string? ContinuationPoint);

internal sealed record NodeTarget(string NodeId, uint RemainingPathIndex);

internal sealed record NodeTranslation(string StatusCode, NodeTarget[] Targets);

internal sealed record NodeCall(string StatusCode, string[] InputArgumentResults, NodeVariant[] Outputs);

internal sealed record NodeApplication(
    string ApplicationUri, string? ProductUri, NodeText ApplicationName, string ApplicationType, string? GatewayServerUri, string? DiscoveryProfileUri, string[] DiscoveryUrls);

internal sealed record NodeUserToken(string PolicyId, string TokenType, string? SecurityPolicyUri, string? IssuedTokenType);

internal sealed record NodeEndpoint(
    string EndpointUrl,
    NodeApplication Server,
    string? ServerCertificate,
    string? ServerCertificateThumbprint,
    string? Policy,
    string Mode,
    int SecurityLevel,
    string TransportProfileUri,
    NodeUserToken[] UserTokens);

/// <summary>State of a foreign client's connection and what has happened to it since it was opened.</summary>
internal sealed record NodeStatus(
    bool Connected,
    bool Reconnecting,
    uint? ChannelId,
    uint? TokenId,
    double? TokenLifetime,
    string? SessionId,
    double? SessionTimeout,
    string? ServerCertificateThumbprint,
    int ConnectionsLost,
    int ConnectionsReestablished,
    int TokensRenewed,
    int ChannelsCreated,
    int ReconnectionsStarted,
    int RequestsTimedOut,
    int Aborts,
    bool? Complete);

internal sealed record NodeItem(
    int Index, string StatusCode, uint? MonitoredItemId, double? RevisedSamplingInterval, uint? RevisedQueueSize, JsonNode? FilterResult);

internal sealed record NodeSubscription(
    uint Subscription, double RevisedPublishingInterval, uint RevisedLifetimeCount, uint RevisedMaxKeepAliveCount, NodeItem[] Items);

internal sealed record NodeNotification(
    int? Item, uint SequenceNumber, string StatusCode, string Type, JsonNode? Value, string? ArrayType, DateTime? SourceTimestamp, DateTime? ServerTimestamp)
{
    public NodeVariant Variant => new(Type, Value, ArrayType);

    public T As<T>() => Variant.As<T>();
}

internal sealed record NodeEvent(int? Item, uint SequenceNumber, Dictionary<string, NodeVariant> Fields);

/// <summary>What arrived on a subscription, in order; Complete says whether as much came as was waited for.</summary>
internal sealed record NodeInbox(
    bool Complete,
    NodeNotification[] Values,
    NodeEvent[] Events,
    int KeepAlives,
    uint[] SequenceNumbers,
    string[] StatusChanges,
    bool Terminated);

/// <summary>An alarm as the foreign client keeps it in its list.</summary>
internal sealed record NodeAlarm(
    string ConditionId,
    string EventType,
    string EventId,
    string ConditionName,
    string SourceNode,
    string SourceName,
    string Message,
    ushort Severity,
    bool? Enabled,
    bool? Active,
    bool? Acked,
    bool Retain,
    string? Comment,
    string? ClientUserId);

internal sealed record NodeAlarmWait(bool Complete, NodeAlarm? Alarm);

internal sealed record NodeTypeField(string Name, string FieldType, bool IsArray, int? OptionalBit, int? UnionValue);

internal sealed record NodeType(string Name, string BaseType, string? BinaryEncodingId, NodeTypeField[] Fields);

/// <summary>A data type as the foreign client discovered it; Type is null for what is not a structure.</summary>
internal sealed record NodeDataType(NodeName? BrowseName, bool? IsAbstract, NodeDataValue Definition, NodeType? Type);

internal sealed record NodeServerEndpoint(string EndpointUrl, string Policy, string Mode);

/// <summary>Where a foreign server listens and who it says it is.</summary>
internal sealed record NodeServerDescription(
    int Port, string EndpointUrl, NodeServerEndpoint[] Endpoints, string ApplicationUri, string? CertificateThumbprint);

internal sealed record NodeServerStats(
    int Sessions,
    int Channels,
    int Subscriptions,
    int RejectedSessions,
    int ChannelFailures,
    int RefusedConnections,
    long Transactions,
    long BytesRead,
    long BytesWritten,
    int Trusted);
