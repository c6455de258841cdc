namespace Gds.Web.Records;

/// <summary>How the GDS is. Warnings are sentences for a person; with any, Status is <c>degraded</c>.</summary>
public sealed record HealthJson(
    string Status,
    string Version,
    string Endpoint,
    bool Listening,
    string ServerCertificateFingerprint,
    int Applications,
    SyncJson Sync,
    int OpenInInbox,
    IReadOnlyList<ExpiringJson> Expiring,
    IReadOnlyList<string> Warnings);

/// <summary>A certificate that ends soon.</summary>
public sealed record ExpiringJson(string Name, string Thumbprint, DateTime NotAfter, bool IsAuthority);
