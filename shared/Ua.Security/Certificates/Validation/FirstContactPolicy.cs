namespace Ua.Security.Certificates;

/// <summary>What happens to a client whose certificate is valid in itself but known to no trust list.</summary>
public enum FirstContactPolicy
{
    /// <summary>It is refused, and kept among the rejected certificates for a person to decide.</summary>
    Closed,

    /// <summary>It may open a channel, but only to present a user name or a token: see <see cref="CertificateVerdict.FirstContact"/>.</summary>
    Credentials,

    /// <summary>It is trusted, as every other client: the same as <see cref="CertificateValidationOptions.AcceptAllCertificates"/>.</summary>
    AcceptAll,
}
