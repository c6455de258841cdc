using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Client;

/// <summary>What the client room logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected to {Url} with {Mode} and {Policy}; same session: {Resumed}")]
    public static partial void Connected(ILogger logger, string? url, MessageSecurityMode mode, string? policy, bool resumed);

    [LoggerMessage(2, LogLevel.Warning, "Connection to {Url} lost: {Status}: {Text}")]
    public static partial void ConnectionLost(ILogger logger, string url, StatusCode status, string text);

    [LoggerMessage(3, LogLevel.Warning, "No connection to {Url} yet: {Status}: {Text}")]
    public static partial void ReconnectFailed(ILogger logger, string url, StatusCode status, string text);

    [LoggerMessage(4, LogLevel.Information, "Session {Session} could not be taken up again, a new one is made: {Status}: {Text}")]
    public static partial void SessionNotResumed(ILogger logger, NodeId session, StatusCode status, string text);

    [LoggerMessage(5, LogLevel.Information, "Session {Session} could not be closed at the server: {Status}: {Text}")]
    public static partial void CloseFailed(ILogger logger, NodeId session, StatusCode status, string text);

    [LoggerMessage(6, LogLevel.Error, "A handler of {Event} failed")]
    public static partial void HandlerFailed(ILogger logger, string @event, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Publish failed: {Status}: {Text}")]
    public static partial void PublishFailed(ILogger logger, StatusCode status, string text);

    [LoggerMessage(8, LogLevel.Warning, "Subscription {Subscription} missed the notifications {First} to {Last}: {Status}: {Text}")]
    public static partial void NotificationsLost(ILogger logger, uint subscription, uint first, uint last, StatusCode status, string text);

    [LoggerMessage(9, LogLevel.Warning, "Subscription {Subscription} is made again: {Reason}")]
    public static partial void SubscriptionRecreated(ILogger logger, uint subscription, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Item {Node} could not be monitored again: {Status}")]
    public static partial void ItemNotRecreated(ILogger logger, NodeId node, StatusCode status);

    [LoggerMessage(11, LogLevel.Information, "Registered with the discovery server {Url} by {Service}")]
    public static partial void Registered(ILogger logger, string url, string service);

    [LoggerMessage(12, LogLevel.Warning, "Not registered with the discovery server {Url}: {Status}: {Text}")]
    public static partial void NotRegistered(ILogger logger, string url, StatusCode status, string text);

    [LoggerMessage(13, LogLevel.Warning, "A notification of type {Type} in subscription {Subscription} could not be read: {Text}")]
    public static partial void NotificationUnreadable(ILogger logger, NodeId type, uint subscription, string text);

    [LoggerMessage(14, LogLevel.Information, "Subscription {Subscription} could not be deleted at the server: {Status}: {Text}")]
    public static partial void SubscriptionNotDeleted(ILogger logger, uint subscription, StatusCode status, string text);

    [LoggerMessage(15, LogLevel.Error, "The connection to {Url} ends by an error of ours")]
    public static partial void ConnectionFailed(ILogger logger, string url, Exception exception);

    [LoggerMessage(16, LogLevel.Information, "Subscription {Subscription} was taken over into the new session")]
    public static partial void SubscriptionTransferred(ILogger logger, uint subscription);

    [LoggerMessage(17, LogLevel.Information, "Subscriptions could not be taken over into the new session: {Status}: {Text}")]
    public static partial void NotTransferred(ILogger logger, StatusCode status, string text);
}
