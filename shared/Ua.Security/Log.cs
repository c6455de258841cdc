using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Security;

/// <summary>What this room says; never keys or passwords.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "ACCEPT ALL IS ON: every client certificate is trusted without being known. Anyone who reaches this endpoint is let in. Not for production.")]
    public static partial void AcceptsEveryCertificate(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "Certificate of a {Role} refused with {StatusCode}: {Text}")]
    public static partial void CertificateRefused(ILogger logger, PeerRole role, StatusCode statusCode, string text);

    [LoggerMessage(3, LogLevel.Warning, "A certificate error is accepted by configuration, {StatusCode}: {Text}")]
    public static partial void ErrorSuppressed(ILogger logger, StatusCode statusCode, string text);

    [LoggerMessage(4, LogLevel.Warning, "Certificate of a {Role} NOT CHECKED. {Text}")]
    public static partial void AcceptedUnchecked(ILogger logger, PeerRole role, string text);

    [LoggerMessage(5, LogLevel.Information, "{Text}")]
    public static partial void FirstContact(ILogger logger, string text);

    [LoggerMessage(10, LogLevel.Information, "Trust folder {Folder} read: {Trusted} trusted and {Issuers} issuer certificates, {Crls} revocation lists, {Skipped} files skipped")]
    public static partial void FolderRead(ILogger logger, string folder, int trusted, int issuers, int crls, int skipped);

    [LoggerMessage(11, LogLevel.Warning, "Skipped {File}: {Reason}")]
    public static partial void FileSkipped(ILogger logger, string file, string reason);

    [LoggerMessage(12, LogLevel.Warning, "The folder {Folder} cannot be watched by the operating system ({Reason}); changes are found by looking every {Interval}")]
    public static partial void WatchingByPolling(ILogger logger, string folder, string reason, TimeSpan interval);

    [LoggerMessage(13, LogLevel.Error, "The folder {Folder} cannot be read; what was known before stays in force")]
    public static partial void FolderUnreadable(ILogger logger, Exception exception, string folder);

    [LoggerMessage(14, LogLevel.Information, "Certificate {Subject} [{Thumbprint}] kept in {File} for a decision")]
    public static partial void RejectedKept(ILogger logger, string subject, string thumbprint, string file);

    [LoggerMessage(15, LogLevel.Error, "Certificate {Subject} [{Thumbprint}] could not be kept in {Folder}")]
    public static partial void RejectedNotKept(ILogger logger, Exception exception, string subject, string thumbprint, string folder);

    [LoggerMessage(16, LogLevel.Information, "Certificate {Subject} [{Thumbprint}] moved from {From} to {To}")]
    public static partial void CertificateMoved(ILogger logger, string subject, string thumbprint, string from, string to);

    [LoggerMessage(20, LogLevel.Information, "Own certificate {Subject} [{Thumbprint}], {Key}, valid until {NotAfter}, ApplicationUri {ApplicationUri}")]
    public static partial void OwnCertificateLoaded(ILogger logger, string subject, string thumbprint, string key, DateTimeOffset notAfter, string? applicationUri);

    [LoggerMessage(21, LogLevel.Information, "No own certificate in {Folder}: made a key pair and a self-signed certificate for {ApplicationUri}")]
    public static partial void FirstCertificateMade(ILogger logger, string folder, string applicationUri);

    [LoggerMessage(22, LogLevel.Critical, "THE OWN CERTIFICATE IN {Folder} CANNOT BE USED, the one in memory stays in force: {Reason}")]
    public static partial void OwnCertificateUnusable(ILogger logger, string folder, string reason);

    [LoggerMessage(23, LogLevel.Warning, "The private key {File} can be read by other accounts of this machine")]
    public static partial void KeyReadableByOthers(ILogger logger, string file);

    [LoggerMessage(24, LogLevel.Warning, "Own certificate file {File} skipped: {Reason}")]
    public static partial void OwnFileSkipped(ILogger logger, string file, string reason);

    [LoggerMessage(30, LogLevel.Information, "Trust folder {Folder} replaced by a new set (update {Update}): {Directories}")]
    public static partial void FolderReplaced(ILogger logger, string folder, string update, string directories);

    [LoggerMessage(31, LogLevel.Warning, "An interrupted update of {Folder} was found and {Outcome}")]
    public static partial void UpdateRecovered(ILogger logger, string folder, string outcome);

    [LoggerMessage(32, LogLevel.Warning, "Trust folder {Folder} rolled back to the set before")]
    public static partial void FolderRolledBack(ILogger logger, string folder);
}
