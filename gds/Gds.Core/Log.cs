using Microsoft.Extensions.Logging;

namespace Gds.Core;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "{Count} changes could not be stored together; none of them was")]
    public static partial void BatchFailed(this ILogger log, Exception reason, int count);

    [LoggerMessage(2002, LogLevel.Error, "A change could not be stored")]
    public static partial void UnitFailed(this ILogger log, Exception reason);

    [LoggerMessage(2003, LogLevel.Error, "A listener failed on {Event}")]
    public static partial void HandlerFailed(this ILogger log, Exception reason, string @event);

    [LoggerMessage(2005, LogLevel.Error, "{Fault}")]
    public static partial void StartFault(this ILogger log, string fault);

    [LoggerMessage(2006, LogLevel.Warning, "{Application} has been out of sync in {Group} since {Since:u}: {Reason}")]
    public static partial void MemberOverdue(this ILogger log, string application, string group, DateTime since, string reason);

    [LoggerMessage(2007, LogLevel.Warning, "{Count} more applications have been out of sync for too long")]
    public static partial void MembersOverdue(this ILogger log, int count);

    [LoggerMessage(2008, LogLevel.Information, "{Count} certificates that were not known were reported by {Caller} about {Application}")]
    public static partial void CertificatesFound(this ILogger log, int count, string caller, string application);

    [LoggerMessage(2009, LogLevel.Warning, "A certificate in the rejected list of {Application} cannot be read: {Reason}")]
    public static partial void FindingUnreadable(this ILogger log, string application, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "Request {RequestId} is approved and not issued yet: {Reason}")]
    public static partial void IssuerAway(this ILogger log, Guid requestId, string reason);

    [LoggerMessage(2020, LogLevel.Information, "Push {RunId} to {Url} begins: {Reason}")]
    public static partial void PushBegins(this ILogger log, Guid runId, string url, Gds.Store.PushReason reason);

    [LoggerMessage(2021, LogLevel.Information, "Push {RunId} to {Url} is done")]
    public static partial void PushDone(this ILogger log, Guid runId, string url);

    [LoggerMessage(2022, LogLevel.Warning, "Push {RunId} failed: {Text}")]
    public static partial void PushFailed(this ILogger log, Guid runId, string text);

    [LoggerMessage(2023, LogLevel.Information, "Push {RunId} was stopped with the GDS; the next start takes it up")]
    public static partial void PushStopped(this ILogger log, Guid runId);

    [LoggerMessage(2024, LogLevel.Error, "Push {RunId} ended by a defect")]
    public static partial void PushBroke(this ILogger log, Exception reason, Guid runId);

    [LoggerMessage(2025, LogLevel.Error, "A round of the pushes failed; it is tried again")]
    public static partial void PushRoundFailed(this ILogger log, Exception reason);

    [LoggerMessage(2026, LogLevel.Information, "{Count} pushes that a stop cut off are taken up")]
    public static partial void PushesTakenUp(this ILogger log, int count);

    [LoggerMessage(2027, LogLevel.Information, "What {Target} rejected cannot be read now: {Reason}")]
    public static partial void RejectedNotRead(this ILogger log, string target, string reason);
}
