namespace Ua.Gds.Agents;

/// <summary>
/// The numeric ids of our namespace for what Part 12 has no methods for: agents telling the GDS how their gateways stand.
/// A GDS of another maker does not have it.
/// </summary>
public static class AgentIds
{
    public const string NamespaceUri = "urn:gdssuite:ua:agents";

    /// <summary>The object below Objects.</summary>
    public const uint AgentReports = 1;
    public const uint ReportState = 2;
    public const uint ReportFindings = 4;

    /// <summary>When some certificate request was last approved or rejected; DateTime.MinValue for not since the start.</summary>
    public const uint LastDecisionTime = 6;

    public const uint SyncOutcome = 10;
    public const uint FindingKind = 12;
    public const uint FindingPolicy = 14;

    /// <summary>FindingDataType and the object of its binary encoding.</summary>
    public const uint FindingDataType = 20;
    public const uint FindingBinaryEncoding = 21;
}
