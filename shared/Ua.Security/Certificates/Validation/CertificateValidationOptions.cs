using Ua.Core;

namespace Ua.Security.Certificates;

/// <summary>What an endpoint or client tolerates in certificates (Part 12, TrustListValidationOptions, and first contact). Everything is strict by default.</summary>
public sealed class CertificateValidationOptions
{
    /// <summary>How far the clocks of two machines may differ when dates of certificates and revocation lists are compared.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Accepts a leaf outside its validity period.</summary>
    public bool SuppressCertificateExpired { get; set; }

    /// <summary>Accepts an issuer outside its validity period.</summary>
    public bool SuppressIssuerCertificateExpired { get; set; }

    /// <summary>Accepts a server whose certificate does not name the host that was connected to.</summary>
    public bool SuppressHostNameInvalid { get; set; }

    /// <summary>Accepts a leaf whose issuer has no current revocation list.</summary>
    public bool SuppressRevocationStatusUnknown { get; set; }

    /// <summary>Accepts an issuer whose own issuer has no current revocation list.</summary>
    public bool SuppressIssuerRevocationStatusUnknown { get; set; }

    /// <summary>Accepts an ApplicationUri that differs from the one in the certificate.</summary>
    public bool SuppressUriInvalid { get; set; }

    /// <summary>Accepts key usages that are missing, unless the certificate marks them as critical.</summary>
    public bool SuppressUseNotAllowed { get; set; }

    /// <summary>Accepts keys and hashes that the security policy does not allow.</summary>
    public bool SuppressPolicyCheckFailed { get; set; }

    /// <summary>Trusts every client whose certificate can be read, without writing it anywhere. Loud, and never for production.</summary>
    public bool AcceptAllCertificates { get; set; }

    public FirstContactPolicy FirstContact { get; set; } = FirstContactPolicy.Closed;

    /// <summary>Whether a certificate that came in by <see cref="FirstContactPolicy.Credentials"/> is also kept among the rejected ones.</summary>
    public bool KeepFirstContactCertificates { get; set; }

    /// <summary>For how long a verdict is reused at most; a change of a trust list or a date that passes ends it at once.</summary>
    public TimeSpan CacheTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Every client is let in, by either of the two settings.</summary>
    public bool IsOpenToAll => AcceptAllCertificates || FirstContact == FirstContactPolicy.AcceptAll;

    /// <summary>Checks the values; the text names the key.</summary>
    public void Validate()
    {
        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromDays(1)) throw new ArgumentException("ClockSkew must be between zero and one day.");
        if (CacheTime < TimeSpan.Zero) throw new ArgumentException("CacheTime must not be negative.");
        if (!Enum.IsDefined(FirstContact)) throw new ArgumentException($"FirstContact must be one of {string.Join(", ", Enum.GetNames<FirstContactPolicy>())}.");
    }

    /// <summary>Whether the operator has chosen to live with this error.</summary>
    internal bool Suppresses(StatusCode code) =>
        (code == StatusCodes.BadCertificateTimeInvalid && SuppressCertificateExpired)
        || (code == StatusCodes.BadCertificateIssuerTimeInvalid && SuppressIssuerCertificateExpired)
        || (code == StatusCodes.BadCertificateHostNameInvalid && SuppressHostNameInvalid)
        || (code == StatusCodes.BadCertificateRevocationUnknown && SuppressRevocationStatusUnknown)
        || (code == StatusCodes.BadCertificateIssuerRevocationUnknown && SuppressIssuerRevocationStatusUnknown)
        || (code == StatusCodes.BadCertificateUriInvalid && SuppressUriInvalid)
        || ((code == StatusCodes.BadCertificateUseNotAllowed || code == StatusCodes.BadCertificateIssuerUseNotAllowed) && SuppressUseNotAllowed)
        || (code == StatusCodes.BadCertificatePolicyCheckFailed && SuppressPolicyCheckFailed);
}
