namespace GatewayAgent.State;

/// <summary>What the GDS has been told of an application, as digests: the same is not said twice.</summary>
internal sealed record ReportedState(string? Outcome, string? Findings);
