namespace Gds.Core;

/// <summary>Policy of the GDS; every value has a default that suits a plant.</summary>
public sealed class GdsCoreOptions
{
    public const string Section = "Gds";

    /// <summary>O of certificates whose request names none; empty leaves it out.</summary>
    public string Organization { get; set; } = "";

    /// <summary>How long an application certificate lasts; renewal is advised when two thirds are gone.</summary>
    public int CertificateLifetimeDays { get; set; } = 365;

    /// <summary>Time from thisUpdate to nextUpdate of a CRL.</summary>
    public int CrlLifetimeDays { get; set; } = 30;

    /// <summary>A CRL is issued again when it is this old, long before its end.</summary>
    public int CrlRenewalDays { get; set; } = 7;

    /// <summary>RSA size of key pairs that the GDS makes: 2048, 3072 or 4096.</summary>
    public int NewKeySize { get; set; } = 2048;

    /// <summary>Approve at once what a user asks for who is both CertificateAuthorityAdmin and RegistrationAuthorityAdmin.</summary>
    public bool ApproveForAdmins { get; set; } = true;

    /// <summary>Approve at once what comes with a valid enrolment token.</summary>
    public bool ApproveWithToken { get; set; } = true;

    /// <summary>Approve at once when an application renews with its own valid certificate, for names it holds already.</summary>
    public bool ApproveRenewals { get; set; } = true;

    /// <summary>Requests of one application that may be open at a time.</summary>
    public int MaxOpenRequests { get; set; } = 16;

    /// <summary>A request that nobody decided or collected is removed after this time; a finished one too.</summary>
    public int RequestRetentionDays { get; set; } = 30;

    /// <summary>A token is removed this long after it expired.</summary>
    public int TokenRetentionDays { get; set; } = 30;

    /// <summary>Audit rows are kept this long; 0 keeps them for ever.</summary>
    public int AuditRetentionDays { get; set; } = 1095;

    /// <summary>PBKDF2 iterations for new passwords.</summary>
    public int PasswordIterations { get; set; } = 600_000;

    public int MinPasswordLength { get; set; } = 8;

    /// <summary>How often copies of a trust list are to be checked (UpdateFrequency), in minutes.</summary>
    public int TrustListUpdateMinutes { get; set; } = 60;

    /// <summary>Certificates in the inbox of refused and found ones; beyond, the one goes that was seen longest ago.</summary>
    public int InboxSize { get; set; } = 2_000;

    /// <summary>Certificates in the inbox that were seen at one application.</summary>
    public int InboxPerApplication { get; set; } = 100;

    /// <summary>A member may be out of sync for twice the UpdateFrequency.</summary>
    internal TimeSpan OverdueAfter => TimeSpan.FromMinutes(2 * TrustListUpdateMinutes);

    internal TimeSpan CrlLifetime => TimeSpan.FromDays(CrlLifetimeDays);

    internal TimeSpan CertificateLifetime => TimeSpan.FromDays(CertificateLifetimeDays);

    /// <summary>Each sentence names the key and the rule that it breaks.</summary>
    public IEnumerable<string> Faults()
    {
        if (Organization is null or { Length: > 64 }) yield return $"{Section}:{nameof(Organization)} is missing or longer than 64 characters.";
        foreach (var (key, value, low, high) in Ranges())
        {
            if (value < low || value > high) yield return $"{Section}:{key} is {value}; it must be {low} to {high}.";
        }
        if (NewKeySize is not (2048 or 3072 or 4096)) yield return $"{Section}:{nameof(NewKeySize)} is {NewKeySize}; it must be 2048, 3072 or 4096.";
        if (CrlRenewalDays * 2 > CrlLifetimeDays)
            yield return $"{Section}:{nameof(CrlRenewalDays)} is {CrlRenewalDays}; it must be at most half of {nameof(CrlLifetimeDays)}, which is {CrlLifetimeDays}.";
    }

    private IEnumerable<(string Key, int Value, int Low, int High)> Ranges()
    {
        yield return (nameof(CertificateLifetimeDays), CertificateLifetimeDays, 1, 3650);
        yield return (nameof(CrlLifetimeDays), CrlLifetimeDays, 2, 365);
        yield return (nameof(CrlRenewalDays), CrlRenewalDays, 1, 182);
        yield return (nameof(MaxOpenRequests), MaxOpenRequests, 1, 1000);
        yield return (nameof(RequestRetentionDays), RequestRetentionDays, 1, 3650);
        yield return (nameof(TokenRetentionDays), TokenRetentionDays, 0, 3650);
        yield return (nameof(AuditRetentionDays), AuditRetentionDays, 0, 36500);
        yield return (nameof(PasswordIterations), PasswordIterations, 310_000, 10_000_000);
        yield return (nameof(MinPasswordLength), MinPasswordLength, 8, 128);
        yield return (nameof(TrustListUpdateMinutes), TrustListUpdateMinutes, 1, 43_200);
        yield return (nameof(InboxSize), InboxSize, 1, 20_000);
        yield return (nameof(InboxPerApplication), InboxPerApplication, 1, 1_000);
    }
}
