using System.Globalization;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>What it means when two clocks differ.</summary>
internal static class ClockReasons
{
    /// <summary>Below this, dates of certificates and lists do not notice.</summary>
    public static readonly TimeSpan Worth = TimeSpan.FromMinutes(1);

    /// <summary>Whether a clock could be behind a refusal for this cause.</summary>
    public static bool AreOfTime(Cause cause) => cause is Cause.CertificateExpired or Cause.CertificateNotYetValid or Cause.IssuerExpired or Cause.IssuerNotYetValid
        or Cause.RevocationListExpired or Cause.RevocationListNotYetValid;

    /// <param name="difference">The server's clock minus ours.</param>
    public static Reason Of(TimeSpan difference, DateTimeOffset now, string url, bool blocks)
    {
        var text = $"The clock of {url} is {Length(difference.Duration())} {(difference > TimeSpan.Zero ? "ahead of" : "behind")} this machine's: there it is {Date(now + difference)}, here {Date(now)}.";
        return blocks ? Reason.Blocks(Cause.ClockDiffers, $"{text} By one clock the certificates are valid, by the other not.") : Reason.Warns(Cause.ClockDiffers, text);
    }

    private static string Length(TimeSpan time) => time.TotalHours < 2 ? $"{time.TotalMinutes:0} minutes" : time.TotalDays < 2 ? $"{time.TotalHours:0} hours" : $"{time.TotalDays:0} days";

    private static string Date(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
