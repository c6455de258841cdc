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
}
