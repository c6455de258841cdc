using Ua.Client;
using Ua.Core;

namespace Ua.Gds.Agents;

/// <summary>
/// Reports to a GDS of ours, typed. A GDS of another maker has nowhere to report to: then each method answers false, at the
/// cost of one Read of the NamespaceArray for each connection and no error.
/// </summary>
public sealed class AgentReportClient(UaSession session)
{
    /// <summary>Characters of a text that the GDS takes.</summary>
    public const int LongestText = 1_000;

    /// <summary>Findings that the GDS takes in one call; more are sent in several.</summary>
    public const int MostFindings = 64;

    /// <summary>Bytes of a certificate that the GDS takes.</summary>
    public const int LargestCertificate = 16_384;

    /// <summary>Whether the server takes reports at all.</summary>
    public async Task<bool> IsServedAsync(CancellationToken cancellationToken = default) =>
        await session.FindNamespaceAsync(AgentIds.NamespaceUri, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>A variable that changes when a certificate request was decided, for agents that wait; null where the server has none.</summary>
    public async Task<NodeId?> FindLastDecisionTimeAsync(CancellationToken cancellationToken = default) =>
        await session.FindNamespaceAsync(AgentIds.NamespaceUri, cancellationToken).ConfigureAwait(false) is { } ns ? new NodeId(AgentIds.LastDecisionTime, ns) : null;

    /// <returns>False where the server takes no reports.</returns>
    /// <exception cref="UaException">Bad_UserAccessDenied where this is not the application, nor an ApplicationAdmin for it; Bad_InvalidArgument.</exception>
    public async Task<bool> ReportStateAsync(AgentStateReport report, CancellationToken cancellationToken = default)
    {
        if (await session.FindNamespaceAsync(AgentIds.NamespaceUri, cancellationToken).ConfigureAwait(false) is not { } ns) return false;
        Variant[] arguments =
        [
            report.ApplicationId, report.GroupId, (int)report.Outcome, report.CertificateThumbprint,
            report.TrustListUpdatedAt ?? DateTime.MinValue, report.VerifiedAt ?? DateTime.MinValue, Short(report.Text),
        ];
        await CallAsync(ns, AgentIds.ReportState, arguments, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Reports certificates seen at a gateway. Saying the same again changes nothing at the GDS.</summary>
    /// <returns>False where the server takes no reports.</returns>
    /// <exception cref="UaException">Bad_UserAccessDenied as above; Bad_InvalidArgument for a certificate that is too large or none.</exception>
    public async Task<bool> ReportFindingsAsync(NodeId applicationId, IReadOnlyList<AgentFinding> findings, CancellationToken cancellationToken = default)
    {
        if (await session.FindNamespaceAsync(AgentIds.NamespaceUri, cancellationToken).ConfigureAwait(false) is not { } ns) return false;
        foreach (var part in findings.Chunk(MostFindings))
        {
            ExtensionObject[] encoded = [.. part.Select(f => f.ToExtensionObject(ns))];
            await CallAsync(ns, AgentIds.ReportFindings, [applicationId, encoded], cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private static string? Short(string? text) => text is { Length: > LongestText } ? string.Concat(text.AsSpan(0, LongestText - 3), "...") : text;

    private Task<Variant[]> CallAsync(ushort ns, uint method, IReadOnlyList<Variant> arguments, CancellationToken cancellationToken) =>
        session.CallAsync(new NodeId(AgentIds.AgentReports, ns), new NodeId(method, ns), arguments, cancellationToken);
}
