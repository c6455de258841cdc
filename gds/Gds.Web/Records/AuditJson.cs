using Gds.Core.Audit;

namespace Gds.Web.Records;

/// <summary>A row of the audit log: who did what from where, and what came of it.</summary>
public sealed record AuditJson(long Id, DateTime Time, string Who, string Origin, string Action, string Target, string Result, string? Detail)
{
    internal static AuditJson Of(AuditEntry e) => new(e.Id, e.Time, e.Who, e.Origin, e.Action, e.Target, e.Result, e.Detail);
}
