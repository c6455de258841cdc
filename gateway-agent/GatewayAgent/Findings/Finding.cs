using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.Findings;

/// <summary>Why a certificate is reported.</summary>
internal enum FindingKind
{
    /// <summary>The gateway refused it and nobody has decided about it.</summary>
    Rejected,

    /// <summary>It lies among the trusted or issuer certificates, and neither the GDS nor a technician put it there.</summary>
    Drift,
}

/// <summary>What the agent did with it.</summary>
internal enum FindingTreatment
{
    /// <summary>It lies where it was found.</summary>
    Left,

    /// <summary>It was taken out of the folder and is kept in the agent's data folder.</summary>
    Removed,

    /// <summary>It lies where it was found, and the GDS is asked to adopt it.</summary>
    Offered,
}

/// <summary>A certificate that the GDS should know of: one for each certificate, store and place.</summary>
/// <param name="Store">The store of the preset, such as "server".</param>
/// <param name="Place">Where in the store it lies, or lay before it was removed.</param>
/// <param name="File">The file that holds it now.</param>
/// <param name="Seen">The time of that file.</param>
internal sealed record Finding(
    FindingKind Kind, FindingTreatment Treatment, string Store, TrustFolderPlace Place, ApplicationCertificate Certificate, string File, DateTimeOffset Seen);

/// <summary>All findings of one application.</summary>
/// <param name="Digest">Equal digests mean that nothing has changed, so that nothing needs to be sent.</param>
/// <param name="LeftOut">Findings beyond the limit; the youngest are kept.</param>
internal sealed record FindingsReport(string ApplicationUri, string Digest, IReadOnlyList<Finding> Findings, int LeftOut);
