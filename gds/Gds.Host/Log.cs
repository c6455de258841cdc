using Microsoft.Extensions.Logging;

namespace Gds.Host;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "{Lists} CRLs and {Requests} approved certificates were issued")]
    public static partial void Reissued(this ILogger log, int lists, int requests);

    [LoggerMessage(5002, LogLevel.Error, "{Fault}")]
    public static partial void TrustListFault(this ILogger log, string fault);

    [LoggerMessage(5003, LogLevel.Information, "Purged: {Requests} requests, {Tokens} tokens, {Certificates} certificates that had expired, {AuditRows} audit rows")]
    public static partial void Purged(this ILogger log, int requests, int tokens, int certificates, int auditRows);

    [LoggerMessage(5004, LogLevel.Warning, "The certificate of {Name} [{Thumbprint}] ends at {NotAfter:u} and has not been renewed")]
    public static partial void EndsSoon(this ILogger log, string name, string thumbprint, DateTime notAfter);

    [LoggerMessage(5006, LogLevel.Warning, "When applications were heard of last could not be stored: {Reason}")]
    public static partial void ContactsNotStored(this ILogger log, string reason);

    [LoggerMessage(5005, LogLevel.Critical, "{Warning}")]
    public static partial void StartWarning(this ILogger log, string warning);

    [LoggerMessage(5020, LogLevel.Information, "{Count} push targets have a certificate that is due")]
    public static partial void PushesDue(this ILogger log, int count);
}
