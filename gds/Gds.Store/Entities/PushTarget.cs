namespace Gds.Store;

/// <summary>As whom the GDS signs in at a push target.</summary>
public enum PushLogin
{
    /// <summary>By the application certificate of the GDS alone.</summary>
    Application = 0,

    /// <summary>User name and password.</summary>
    UserName = 1,

    /// <summary>A user certificate with its key.</summary>
    Certificate = 2,
}

/// <summary>A registered application whose certificates and trust lists the GDS keeps by push management (Part 12, 7.7).</summary>
public sealed class PushTarget
{
    private PushTarget() { }

    public PushTarget(Guid id, Guid applicationId, string endpointUrl, string createdBy, DateTime now)
    {
        Id = id;
        ApplicationId = applicationId;
        EndpointUrl = endpointUrl;
        CreatedBy = createdBy;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }
    public Guid ApplicationId { get; private set; }
    public string EndpointUrl { get; private set; } = "";
    public PushLogin Login { get; private set; }
    public string? UserName { get; private set; }

    /// <summary>Password or PKCS #8 key, encrypted under the data protection key.</summary>
    public byte[]? ProtectedSecret { get; private set; }

    /// <summary>DER of the user certificate.</summary>
    public byte[]? UserCertificate { get; private set; }

    /// <summary>SHA-256 of a server certificate that is trusted for this target only, upper-case hex; null trusts what the GDS trusts.</summary>
    public string? PinnedSha256 { get; private set; }

    /// <summary>A new certificate comes with a new key.</summary>
    public bool RenewsKey { get; private set; } = true;

    /// <summary>What the target trusts beyond the list of its group stays.</summary>
    public bool KeepsOthers { get; private set; }

    public string CreatedBy { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }

    /// <summary>Sum of the versions of all trust lists when the last run began that succeeded; -1 before the first.</summary>
    public long ConfirmedVersion { get; private set; } = -1;

    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>Runs that failed since the last that succeeded.</summary>
    public int FailedRuns { get; private set; }

    /// <summary>When the next attempt is due after a failure.</summary>
    public DateTime? RetryAt { get; private set; }

    public void SignInByApplication() => (Login, UserName, ProtectedSecret, UserCertificate) = (PushLogin.Application, null, null, null);

    public void SignInAs(string userName, byte[] protectedPassword) =>
        (Login, UserName, ProtectedSecret, UserCertificate) = (PushLogin.UserName, userName, protectedPassword, null);

    public void SignInBy(byte[] certificate, byte[] protectedKey) =>
        (Login, UserName, ProtectedSecret, UserCertificate) = (PushLogin.Certificate, null, protectedKey, certificate);

    public void Follow(string? pinnedSha256, bool renewsKey, bool keepsOthers) => (PinnedSha256, RenewsKey, KeepsOthers) = (pinnedSha256, renewsKey, keepsOthers);

    public void Confirm(long version, DateTime now)
    {
        ConfirmedVersion = version;
        ConfirmedAt = now;
        FailedRuns = 0;
        RetryAt = null;
    }

    public void Fail(DateTime retryAt)
    {
        FailedRuns++;
        RetryAt = retryAt;
    }
}
