namespace Gds.Web.Hosting;

/// <summary>What the API tells of the process around it.</summary>
public interface IGdsStatus
{
    /// <summary>The URL by which clients reach the GDS.</summary>
    string EndpointUrl { get; }

    /// <summary>SHA-256 of the certificate that the GDS shows there, in hex.</summary>
    string CertificateSha256 { get; }

    /// <summary>False where a command opened the data folder without a server.</summary>
    bool IsListening { get; }

    /// <summary>Sentences about what needs a person.</summary>
    IEnumerable<string> Warnings();
}
