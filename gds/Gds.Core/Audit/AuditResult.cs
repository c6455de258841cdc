namespace Gds.Core.Audit;

/// <summary>How a deed ended, as it is stored: Good, or the name of the problem kind.</summary>
internal static class AuditResult
{
    public const string Good = "Good";
}
