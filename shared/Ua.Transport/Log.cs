using System.Net;
using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Transport;

/// <summary>What the transport says about itself.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Channel {Channel} opened by {Remote}: {Policy}, {Mode}")]
    public static partial void ChannelOpened(this ILogger logger, uint channel, EndPoint? remote, string policy, MessageSecurityMode mode);

    [LoggerMessage(2, LogLevel.Debug, "Channel {Channel} of {Remote} renewed its token")]
    public static partial void TokenRenewed(this ILogger logger, uint channel, EndPoint? remote);

    [LoggerMessage(3, LogLevel.Debug, "Channel {Channel} of {Remote} closed")]
    public static partial void ChannelClosed(this ILogger logger, uint channel, EndPoint? remote);

    [LoggerMessage(4, LogLevel.Warning, "Connection of {Remote} refused or ended with {Status}: {Reason}")]
    public static partial void ConnectionEnded(this ILogger logger, EndPoint? remote, StatusCode status, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Certificate of {Remote} not accepted, {Status}: {Reason}")]
    public static partial void CertificateRefused(this ILogger logger, EndPoint? remote, StatusCode status, string reason);

    [LoggerMessage(6, LogLevel.Debug, "Connection of {Remote} broke")]
    public static partial void ConnectionBroke(this ILogger logger, EndPoint? remote, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "Connection of {Remote} ended by an error of ours")]
    public static partial void ConnectionFailed(this ILogger logger, EndPoint? remote, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "{Request} on channel {Channel} failed by an error of ours")]
    public static partial void RequestFailed(this ILogger logger, string request, uint channel, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "Channel {Channel} ended with {Count} requests that do not stop")]
    public static partial void RequestsDoNotStop(this ILogger logger, uint channel, int count);

    [LoggerMessage(10, LogLevel.Warning, "Too many connections: {Remote} was turned away")]
    public static partial void TurnedAway(this ILogger logger, EndPoint? remote);

    [LoggerMessage(11, LogLevel.Warning, "Renewing the token of channel {Channel} failed, {Status}: {Reason}")]
    public static partial void RenewalFailed(this ILogger logger, uint channel, StatusCode status, string reason);
}
