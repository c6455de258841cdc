using System.Net;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Sessions;

namespace Ua.Server;

/// <summary>The log messages of this room.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening at {Url} ({Security})")]
    public static partial void Listening(ILogger logger, string url, string security);

    [LoggerMessage(2, LogLevel.Warning, "The endpoint {Url} lets sessions be made without any security")]
    public static partial void AllowsNone(ILogger logger, string url);

    [LoggerMessage(3, LogLevel.Debug, "{Session} created for {ApplicationUri} at {RemoteEndPoint}")]
    public static partial void SessionCreated(ILogger logger, SessionIdentity session, string? applicationUri, EndPoint? remoteEndPoint);

    [LoggerMessage(4, LogLevel.Debug, "{Session} ended: {End}")]
    public static partial void SessionEnded(ILogger logger, SessionIdentity session, SessionEnd end);

    [LoggerMessage(5, LogLevel.Warning, "Session refused with {StatusCode} for user '{UserName}' of {ApplicationUri} at {RemoteEndPoint}: {Reason}")]
    public static partial void SessionRefused(ILogger logger, StatusCode statusCode, string? userName, string? applicationUri, EndPoint? remoteEndPoint, string reason);

    [LoggerMessage(6, LogLevel.Error, "{Request} failed")]
    public static partial void ServiceFailed(ILogger logger, Exception exception, string request);

    [LoggerMessage(7, LogLevel.Error, "The method {MethodId} of {ObjectId} failed")]
    public static partial void MethodFailed(ILogger logger, Exception exception, NodeId methodId, NodeId objectId);

    [LoggerMessage(8, LogLevel.Error, "The value of {NodeId} could not be read")]
    public static partial void ValueSourceFailed(ILogger logger, Exception exception, NodeId nodeId);

    [LoggerMessage(9, LogLevel.Error, "The value of {NodeId} could not be written")]
    public static partial void WriteHandlerFailed(ILogger logger, Exception exception, NodeId nodeId);

    [LoggerMessage(10, LogLevel.Error, "A callback of the timer failed")]
    public static partial void TimerCallbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Error, "The session observer {Observer} failed")]
    public static partial void ObserverFailed(ILogger logger, Exception exception, string observer);

    [LoggerMessage(12, LogLevel.Warning, "The channel {ChannelId} of {RemoteEndPoint} is closed: its certificate is no longer accepted ({StatusCode}: {Reason})")]
    public static partial void ChannelNoLongerTrusted(ILogger logger, uint channelId, EndPoint? remoteEndPoint, StatusCode statusCode, string reason);

    [LoggerMessage(13, LogLevel.Error, "The open channels could not be judged again after a change of trust")]
    public static partial void TrustSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(30, LogLevel.Error, "The state of the condition {ConditionId} could not be kept; it is raised all the same")]
    public static partial void ConditionNotKept(ILogger logger, Exception exception, NodeId conditionId);

    [LoggerMessage(31, LogLevel.Error, "The alarms of the certificate group {GroupId} could not be judged; they will be again")]
    public static partial void GroupNotJudged(ILogger logger, Exception exception, NodeId groupId);

    [LoggerMessage(34, LogLevel.Debug, "The alarms of the certificate group {GroupId} are no longer judged")]
    public static partial void GroupEnded(ILogger logger, NodeId groupId);

    [LoggerMessage(32, LogLevel.Warning, "Alarm {Name} of {Source}: {Message}")]
    public static partial void AlarmActive(ILogger logger, string name, string source, string message);

    [LoggerMessage(33, LogLevel.Information, "Alarm {Name} of {Source} has returned to normal")]
    public static partial void AlarmNormal(ILogger logger, string name, string source);

    [LoggerMessage(15, LogLevel.Error, "The server says to be {Configured}, its certificate says {InCertificate}: clients that check will refuse it")]
    public static partial void ApplicationUriDiffers(ILogger logger, string configured, string inCertificate);

    [LoggerMessage(14, LogLevel.Information, "The address space has {Count} nodes in {Namespaces} namespaces")]
    public static partial void AddressSpaceReady(ILogger logger, int count, int namespaces);

    [LoggerMessage(40, LogLevel.Warning, "A change of {Application} ({Groups}) that was interrupted has been completed")]
    public static partial void ChangeCompleted(ILogger logger, string application, string groups);

    [LoggerMessage(41, LogLevel.Error, "A change of {Application} that was interrupted cannot be completed and is dropped; its groups are as they were")]
    public static partial void ChangeNotCompleted(ILogger logger, Exception exception, string application);

    [LoggerMessage(42, LogLevel.Error, "The change of {Application} failed in {Group}; what was changed is taken back")]
    public static partial void ChangeFailed(ILogger logger, Exception exception, string application, string group);

    [LoggerMessage(43, LogLevel.Error, "{Application} ({Group}) could not be brought back to what it was before the change that failed")]
    public static partial void UndoFailed(ILogger logger, Exception exception, string application, string group);

    [LoggerMessage(44, LogLevel.Warning, "A key of {Application} ({Group}) that waits no longer could not be destroyed")]
    public static partial void PendingKeyKept(ILogger logger, Exception exception, string application, string group);

    [LoggerMessage(45, LogLevel.Information, "{Method} of {Application} by '{User}' of {ClientApplicationUri}: {Outcome}")]
    public static partial void ConfigurationCalled(ILogger logger, string method, string application, string? user, string? clientApplicationUri, string outcome);

    [LoggerMessage(46, LogLevel.Information, "The certificate of this server has changed; {Count} channels are to be opened anew")]
    public static partial void ChannelsRenewed(ILogger logger, int count);

    [LoggerMessage(47, LogLevel.Warning, "This server has never trusted anyone and may be set up: unknown clients come in to present a user name until a trust list is applied")]
    public static partial void SetupBegan(ILogger logger);

    [LoggerMessage(48, LogLevel.Information, "The setup of this server is over")]
    public static partial void SetupEnded(ILogger logger);

    [LoggerMessage(49, LogLevel.Error, "The certificate group {Group} of {Application} could not be read")]
    public static partial void GroupNotRead(ILogger logger, Exception exception, string application, string group);

    [LoggerMessage(50, LogLevel.Error, "Whether the setup of this server is over could not be found out")]
    public static partial void SetupNotEnded(ILogger logger, Exception exception);
}
