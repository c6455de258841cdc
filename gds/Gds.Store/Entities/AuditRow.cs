namespace Gds.Store;

/// <summary>One change or refusal: who, from where, what, on what, and how it ended. Never updated.</summary>
public sealed class AuditRow
{
    private AuditRow() { }

    public AuditRow(DateTime time, string who, string origin, string action, string target, string result, string? detail)
    {
        Time = time;
        Who = who;
        Origin = origin;
        Action = action;
        Target = target;
        Result = result;
        Detail = detail;
    }

    public long Id { get; private set; }
    public DateTime Time { get; private set; }
    public string Who { get; private set; } = "";
    public string Origin { get; private set; } = "";
    public string Action { get; private set; } = "";
    public string Target { get; private set; } = "";

    /// <summary>Good, or the name of the problem.</summary>
    public string Result { get; private set; } = "";

    public string? Detail { get; private set; }
}
