using Pki;

namespace Ua.Security.Certificates;

/// <summary>What the first certificate of an application says, and how its files are read.</summary>
public sealed class ApplicationIdentityOptions
{
    /// <summary>The name of the application: CN of its certificate.</summary>
    public string ApplicationName { get; set; } = "GdsSuite";

    /// <summary>Organization in the certificate; null takes the host name.</summary>
    public string? Organization { get; set; }

    /// <summary>The ApplicationUri of a certificate that is made here; null makes urn:host:product.</summary>
    public string? ApplicationUri { get; set; }

    /// <summary>The last part of the ApplicationUri; null takes the application name.</summary>
    public string? ProductName { get; set; }

    /// <summary>Further host names or addresses under which the application is reached.</summary>
    public IList<string> HostNames { get; } = [];

    public KeyPairKind KeyKind { get; set; } = KeyPairKind.Rsa2048;

    /// <summary>Life of the self-signed certificate.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(5 * 365);

    /// <summary>Makes a certificate where there is none; otherwise a missing one is an error at start.</summary>
    public bool CreateIfMissing { get; set; } = true;

    /// <summary>Gives the password of a key file that is encrypted, by its path; null for none.</summary>
    public Func<string, string?>? PrivateKeyPassword { get; set; }

    /// <summary>Whether peers are sent the issuers along with the certificate.</summary>
    public bool SendIssuers { get; set; } = true;

    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(ApplicationName)) throw new ArgumentException("ApplicationName must not be empty.");
        if (ApplicationName.Length > 64) throw new ArgumentException("ApplicationName must have at most 64 characters: it becomes the CN of the certificate.");
        if (ApplicationUri is not null && !Uri.TryCreate(ApplicationUri, UriKind.Absolute, out _)) throw new ArgumentException($"ApplicationUri '{ApplicationUri}' is not an absolute URI.");
        if (Lifetime <= TimeSpan.Zero) throw new ArgumentException("Lifetime must be positive.");
    }
}
