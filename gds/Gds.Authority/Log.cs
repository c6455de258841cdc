using Microsoft.Extensions.Logging;

namespace Gds.Authority;

/// <summary>What this room logs; never a secret or a key.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Certificate authority of group {Group} created: {Subject}, SHA-256 {Fingerprint}")]
    public static partial void AuthorityCreated(ILogger log, string group, string subject, string fingerprint);

    [LoggerMessage(3002, LogLevel.Information, "Certificate authority of group {Group} opened: {Subject}, valid to {NotAfter:u}")]
    public static partial void AuthorityOpened(ILogger log, string group, string subject, DateTimeOffset notAfter);

    [LoggerMessage(3003, LogLevel.Warning, "Creating the certificate authority of group {Group} was interrupted before; it is finished now with the key that was made")]
    public static partial void CreationResumed(ILogger log, string group);

    [LoggerMessage(3004, LogLevel.Information, "Secret of the certificate authority created in {Path}; keep a copy in a safe place")]
    public static partial void SecretCreated(ILogger log, string path);

    [LoggerMessage(3005, LogLevel.Warning, "The secret of the certificate authority in {Path} is readable by other accounts; restrict it to its owner")]
    public static partial void SecretReadableByOthers(ILogger log, string path);
}
