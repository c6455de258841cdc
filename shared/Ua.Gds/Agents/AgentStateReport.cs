using Ua.Core;

namespace Ua.Gds.Agents;

/// <summary>How a gateway stands after the agent's last look: SyncOutcome of our namespace.</summary>
public enum AgentOutcome
{
    /// <summary>The gateway uses what the GDS gave.</summary>
    InSync = 0,

    /// <summary>Something is still to come: an approval, a file that is not written yet.</summary>
    Waiting = 1,

    /// <summary>Somebody else changed the gateway's certificate or trust list.</summary>
    Drifted = 2,

    /// <summary>It was tried and did not work; the text says why.</summary>
    Failing = 3,
}

/// <summary>What an agent says about one application and certificate group.</summary>
/// <param name="ApplicationId">As the GDS gave it.</param>
/// <param name="GroupId">The certificate group; the null id is the default group.</param>
/// <param name="Outcome">In one word.</param>
/// <param name="CertificateThumbprint">SHA-1 of the certificate in use, hex; null where there is none.</param>
/// <param name="TrustListUpdatedAt">LastUpdateTime of the trust list in use; null where there is none.</param>
/// <param name="VerifiedAt">When a real connection showed the certificate; null where none was made.</param>
/// <param name="Text">A sentence for people; what is beyond <see cref="AgentReportClient.LongestText"/> is cut off.</param>
public sealed record AgentStateReport(
    NodeId ApplicationId, NodeId GroupId, AgentOutcome Outcome, string? CertificateThumbprint, DateTime? TrustListUpdatedAt, DateTime? VerifiedAt, string? Text);
