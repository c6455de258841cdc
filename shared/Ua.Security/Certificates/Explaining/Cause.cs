namespace Ua.Security.Certificates;

/// <summary>
/// Why a connection between two applications is not possible, or will soon not be. The names are part of what <c>explain --json</c>
/// prints: they stay, and what each asks a person to do stands in <see cref="Advice"/>.
/// </summary>
public enum Cause
{
    None = 0,

    // The certificate itself.
    CertificateUnreadable,
    SignatureWrong,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateEndsSoon,
    CertificateRevoked,
    KeyTooShort,
    KeyTooLong,
    KeyKindNotAllowed,
    HashTooWeak,
    KeyUsageMissing,
    ExtendedKeyUsageWrong,
    AuthorityAsApplication,
    CriticalExtensionUnknown,

    // Who it is for.
    ApplicationUriWrong,
    ApplicationUriMissing,
    ApplicationUriAmbiguous,
    HostNameWrong,
    AddressWrong,
    SeveralCertificatesForUri,
    OldCertificateInFolder,

    // The authorities above it.
    IssuerMissing,
    ChainUnusable,
    IssuerExpired,
    IssuerNotYetValid,
    IssuerRevoked,
    IssuerIsNoAuthority,
    IssuerMayNotIssue,

    // Their revocation lists.
    RevocationListMissing,
    RevocationListExpired,
    RevocationListNotYetValid,
    RevocationListOfOtherKey,
    RevocationListSignatureWrong,
    RevocationListNotUnderstood,
    RevocationListEndsSoon,

    // Where it lies.
    NotTrusted,
    OnlyInIssuers,
    AuthorityOnlyInIssuers,
    OnlyRejected,
    OnlyInOtherStore,
    FileUnreadable,
    FileNotRead,
    FolderUnreadable,

    // The own side.
    OwnCertificateMissing,
    OwnKeyMissing,
    OwnKeyUnreadable,
    OwnKeyDoesNotFit,
    RenewedCertificateNotServed,

    // The wire and the other side.
    HostNotFound,
    EndpointUnreachable,
    EndpointSilent,
    EndpointNotOpcUa,
    EndpointUrlRefused,
    PolicyNotOffered,
    ClockDiffers,
    PeerDoesNotTrustUs,
    PeerLacksRevocationList,
    PeerSaysExpired,
    PeerSaysRevoked,
    PeerSaysUriWrong,
    PeerSaysUseNotAllowed,
    PeerSaysKeyNotAllowed,
    PeerBusy,
    PeerRefuses,
    UserNeeded,

    // What the GDS knows of both.
    ApplicationRemoved,
    NotInGroup,
    NoCommonGroup,
    CertificateNeverIssued,
    CertificateNotCollected,
    NoServer,
    NoClient,
    NoDiscoveryUrl,
    NotYetConfirmed,
    UpdateFails,
}
