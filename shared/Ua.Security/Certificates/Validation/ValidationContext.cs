namespace Ua.Security.Certificates;

/// <summary>What every step may look at, fixed for the time of one validation.</summary>
internal sealed record ValidationContext(CertificateCheck Check, CertificateValidationOptions Options, TrustLists Lists, DateTimeOffset Now)
{
    public CertificateKeyRule KeyRule => Check.KeyRule ?? CertificateKeyRule.Default;

    public static string Date(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
