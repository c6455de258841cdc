using Gds.Core.Access;
using Gds.Core.Applications;
using Gds.Core.Audit;
using Gds.Core.State;
using Gds.Store;

namespace Gds.Core.Sync;

/// <summary>Who may report about an application, and what a report may say.</summary>
internal static class SyncRules
{
    /// <summary>The application itself, an ApplicationAdmin for it, or the GDS itself.</summary>
    public static ApplicationRecord Admit(GdsState state, Caller caller, Guid applicationId, string method)
    {
        Demands.Encrypted(caller, method);
        var record = state.Directory.Find(applicationId);
        if (!ReferenceEquals(caller, Caller.Gds) && !state.IsSelfAdmin(caller, applicationId) && !state.IsApplicationAdmin(caller, applicationId)
            && !(record is null && state.ClientApplication(caller) is not null))
            throw GdsProblem.Denied($"{method} needs the privilege ApplicationSelfAdmin or ApplicationAdmin for the application {applicationId}.");
        return record ?? throw Demands.NoSuchApplication(applicationId);
    }

    /// <summary>Whoever has a role of the GDS, the application itself, or an ApplicationAdmin for it.</summary>
    public static ApplicationRecord AdmitReader(GdsState state, Caller caller, Guid applicationId, string what)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!state.IsSelfAdmin(caller, applicationId) && !state.IsApplicationAdmin(caller, applicationId)) Demands.AnyRole(caller, GdsRoles.All, what);
        return state.Directory.Find(applicationId) ?? throw Demands.NoSuchApplication(applicationId);
    }

    public static GroupState GroupOf(GdsState state, ApplicationRecord application, string? name)
    {
        var group = state.DemandGroup(string.IsNullOrEmpty(name) ? null : name);
        return group.Members.Contains(application.Id)
            ? group
            : throw GdsProblem.Invalid($"CertificateGroupId: the application {application.Id} is not in the group {group.Name}.");
    }

    /// <summary>The report in the one form that is stored.</summary>
    public static SyncReport Check(Caller caller, SyncReport report, DateTime now)
    {
        if (!Enum.IsDefined(report.Outcome)) throw GdsProblem.Invalid($"Outcome is {(int)report.Outcome}; it must be 0 to 3.");
        return report with
        {
            CertificateThumbprint = Thumbprint(report.CertificateThumbprint),
            TrustListUpdatedAt = Utc(report.TrustListUpdatedAt, "TrustListLastUpdateTime"),
            // A clock of a gateway may be ahead; nothing was verified later than now.
            VerifiedAt = Utc(report.VerifiedAt, "VerifiedAt") is { } at && at > now ? now : report.VerifiedAt,
            Text = Text(caller, report.Text),
        };
    }

    private static string? Thumbprint(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return text.Length == 40 && text.All(char.IsAsciiHexDigit)
            ? text.ToUpperInvariant()
            : throw GdsProblem.Invalid($"CertificateThumbprint is '{AuditText.Of(text)}'; it must be the SHA-1 of a certificate, 40 hex digits.");
    }

    private static DateTime? Utc(DateTime? time, string name) => time is null or { Kind: DateTimeKind.Utc }
        ? time
        : throw GdsProblem.Invalid($"{name} is a {time.Value.Kind} time; it must be UTC.");

    private static string? Text(Caller caller, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length <= SyncReport.LongestText) return text;
        if (!ReferenceEquals(caller, Caller.Gds)) throw GdsProblem.Invalid($"Text has {text.Length} characters; {SyncReport.LongestText} is the limit.");
        return string.Concat(text.AsSpan(0, SyncReport.LongestText - 3), "...");
    }
}
