using Microsoft.Extensions.Logging;

namespace GatewayAgent;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The data folder is {Folder}; {Count} applications are configured.")]
    public static partial void Started(ILogger logger, string folder, int count);

    [LoggerMessage(2, LogLevel.Warning, "The agent is not enrolled: run 'gateway-agent enroll' with an enrolment string of the GDS.")]
    public static partial void NotEnrolled(ILogger logger);

    [LoggerMessage(3, LogLevel.Information, "The next cycle comes in {Wait}.")]
    public static partial void NextCycle(ILogger logger, TimeSpan wait);

    [LoggerMessage(4, LogLevel.Warning, "The GDS {Url} was not reached, {Failures} times in a row now; the gateways keep what they have. {Problem}")]
    public static partial void GdsAway(ILogger logger, string url, int failures, string problem);

    [LoggerMessage(5, LogLevel.Error, "{Application}: {Problem}")]
    public static partial void SyncFailed(ILogger logger, string application, string problem);

    [LoggerMessage(6, LogLevel.Information, "{Application}: a certificate is asked for, since {Reason}; request {Request}.")]
    public static partial void RequestStarted(ILogger logger, string application, string reason, string request);

    [LoggerMessage(7, LogLevel.Information, "{Application}: request {Request} waits for approval at the GDS.")]
    public static partial void RequestPending(ILogger logger, string application, string request);

    [LoggerMessage(8, LogLevel.Warning, "{Application}: request {Request} is given up: {Reason}")]
    public static partial void RequestDropped(ILogger logger, string application, string request, string reason);

    [LoggerMessage(9, LogLevel.Information, "{Application}: trust list of {LastUpdate:u} read: {Trusted} trusted, {Issuers} issuers, {Crls} revocation lists.")]
    public static partial void TrustListRead(ILogger logger, string application, DateTimeOffset lastUpdate, int trusted, int issuers, int crls);

    [LoggerMessage(10, LogLevel.Information, "{Application}: the trust folder {Folder} holds the new set.")]
    public static partial void Installed(ILogger logger, string application, string folder);

    [LoggerMessage(11, LogLevel.Information, "{Application}: certificate {Thumbprint} is in place, valid until {NotAfter:u}.")]
    public static partial void CertificateInstalled(ILogger logger, string application, string thumbprint, DateTimeOffset notAfter);

    [LoggerMessage(12, LogLevel.Error, "{Application}: the change was rolled back: {Reason}")]
    public static partial void RolledBack(ILogger logger, string application, string reason);

    [LoggerMessage(13, LogLevel.Warning, "{Application}: {Note}")]
    public static partial void Noted(ILogger logger, string application, string note);

    [LoggerMessage(14, LogLevel.Information, "{Application}: '{Path}' was touched.")]
    public static partial void Touched(ILogger logger, string application, string path);

    [LoggerMessage(15, LogLevel.Information, "{Application}: reload by '{Program}'.")]
    public static partial void Reloading(ILogger logger, string application, string program);

    [LoggerMessage(16, LogLevel.Information, "{Application}: the gateway at {Url} serves the certificate that was installed.")]
    public static partial void Verified(ILogger logger, string application, string url);

    [LoggerMessage(17, LogLevel.Information, "{Application} is registered at the GDS as {Id}.")]
    public static partial void Registered(ILogger logger, string application, string id);

    [LoggerMessage(18, LogLevel.Information, "Enrolled with the GDS {Url} as {ApplicationUri}.")]
    public static partial void Enrolled(ILogger logger, string url, string applicationUri);

    [LoggerMessage(68, LogLevel.Warning, "{Count} new gateways come without the enrolment token and may wait for an approval: {Reason}")]
    public static partial void TokenNotTaken(ILogger logger, int count, string reason);

    [LoggerMessage(19, LogLevel.Warning, "{Application}: files were missing or changed in the trust folder {Folder}; they are put back.")]
    public static partial void Drifted(ILogger logger, string application, string folder);

    [LoggerMessage(20, LogLevel.Warning, "{Application}: an interrupted change of the trust folder {Folder} was {Outcome}.")]
    public static partial void Recovered(ILogger logger, string application, string folder, string outcome);

    [LoggerMessage(21, LogLevel.Information, "{Application}: {Who} {Verdict} the certificate {Subject} [{Thumbprint}] on this machine.")]
    public static partial void Decided(ILogger logger, string application, string who, string verdict, string subject, string thumbprint);

    [LoggerMessage(22, LogLevel.Error, "agent.json cannot be used; the configuration read before stays in force. {Problem}")]
    public static partial void ConfigurationUnusable(ILogger logger, string problem);

    [LoggerMessage(23, LogLevel.Information, "The GDS shows a certificate of its own authority now; the one pinned at enrolment is no longer trusted.")]
    public static partial void PinDropped(ILogger logger);

    [LoggerMessage(24, LogLevel.Error, "A cycle ended with an error that was not foreseen.")]
    public static partial void CycleBroke(ILogger logger, Exception error);

    [LoggerMessage(40, LogLevel.Warning, "{Application}: the certificate {Subject} [{Thumbprint}] is unknown to the GDS and goes from the trust folder {Folder}; it is kept in the agent's data folder.")]
    public static partial void DriftRemoved(ILogger logger, string application, string subject, string thumbprint, string folder);

    [LoggerMessage(60, LogLevel.Warning, "The endpoint refused the user {User} from {Place}: {Reason}.")]
    public static partial void UserRefused(ILogger logger, string user, string place, string reason);

    [LoggerMessage(61, LogLevel.Information, "The endpoint {Url} is open for those who push; administrators are {Administrators}.")]
    public static partial void EndpointOpen(ILogger logger, string url, string administrators);

    [LoggerMessage(62, LogLevel.Information, "{Application} is shown below ManagedApplications.")]
    public static partial void GatewayShown(ILogger logger, string application);

    [LoggerMessage(63, LogLevel.Information, "{Application} is no longer shown below ManagedApplications.")]
    public static partial void GatewayHidden(ILogger logger, string application);

    [LoggerMessage(66, LogLevel.Information, "{Count} sessions of administrators ended: not all who were administrators are any more.")]
    public static partial void AdministratorsSignedOut(ILogger logger, int count);

    [LoggerMessage(64, LogLevel.Error, "The applications below ManagedApplications could not be brought in step with agent.json.")]
    public static partial void GatewaysNotShown(ILogger logger, Exception error);

    [LoggerMessage(67, LogLevel.Error, "{Application} could not be shown below ManagedApplications; it is tried again.")]
    public static partial void GatewayNotShown(ILogger logger, Exception error, string application);

    [LoggerMessage(41, LogLevel.Information, "{Application}: the certificate {Subject} [{Thumbprint}] is good by the new trust list and was taken out of the rejected ones ({File}).")]
    public static partial void NoLongerRejected(ILogger logger, string application, string subject, string thumbprint, string file);

    [LoggerMessage(42, LogLevel.Warning, "{Application}: a change was cut off before it was verified; {Changed} of {All} folders hold it.")]
    public static partial void TrialResumed(ILogger logger, string application, int changed, int all);

    [LoggerMessage(25, LogLevel.Information, "The local door is {Door}.")]
    public static partial void DoorOpen(ILogger logger, string door);

    [LoggerMessage(26, LogLevel.Information, "Listening to the GDS {Url}.")]
    public static partial void Listening(ILogger logger, string url);

    [LoggerMessage(27, LogLevel.Warning, "The GDS {Url} does not let the agent listen, so that it polls: {Status}: {Text}")]
    public static partial void NotListening(ILogger logger, string url, Ua.Core.StatusCode status, string text);

    [LoggerMessage(28, LogLevel.Information, "The GDS announces a change of {Variable}.")]
    public static partial void News(ILogger logger, Ua.Core.NodeId variable);

    [LoggerMessage(29, LogLevel.Information, "The session kept with the GDS {Url} is gone, a new one is made: {Status}: {Text}")]
    public static partial void KeptSessionGone(ILogger logger, string url, Ua.Core.StatusCode status, string text);

    [LoggerMessage(30, LogLevel.Information, "The GDS is not one of ours and takes no reports.")]
    public static partial void NoReports(ILogger logger);

    [LoggerMessage(31, LogLevel.Warning, "{Application}: the GDS refuses the report: {Status}: {Text}")]
    public static partial void ReportRefused(ILogger logger, string application, Ua.Core.StatusCode status, string text);

    [LoggerMessage(32, LogLevel.Warning, "{Application}: the report to the GDS has to wait: {Status}: {Text}")]
    public static partial void ReportFailed(ILogger logger, string application, Ua.Core.StatusCode status, string text);
}
