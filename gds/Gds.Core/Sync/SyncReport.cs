using Gds.Store;

namespace Gds.Core.Sync;

/// <summary>What somebody who looked at an application says about it in one of its groups.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Group">The certificate group by name; the default one where it is empty.</param>
/// <param name="Outcome">In one word; InSync is compared with what the GDS intends.</param>
/// <param name="CertificateThumbprint">SHA-1 of the certificate in use, hex; null where there is none.</param>
/// <param name="TrustListUpdatedAt">LastUpdateTime of the trust list in use, UTC; null where there is none.</param>
/// <param name="VerifiedAt">When a real connection showed the certificate, UTC; null where none was made.</param>
/// <param name="Text">A sentence for people: why it fails, what drifted.</param>
public sealed record SyncReport(
    Guid ApplicationId, string Group, SyncOutcome Outcome, string? CertificateThumbprint, DateTime? TrustListUpdatedAt, DateTime? VerifiedAt, string? Text)
{
    /// <summary>Characters of <see cref="Text"/>; what the GDS itself reports is cut, what others report is refused beyond.</summary>
    public const int LongestText = 1_000;
}
