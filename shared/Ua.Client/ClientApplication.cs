using Ua.Core;
using Ua.Security.Certificates;

namespace Ua.Client;

/// <summary>Who a client says it is. Without an identity it can only use endpoints without security.</summary>
public sealed class ClientApplication
{
    private readonly string? _applicationUri;

    /// <param name="applicationName">Shown to people.</param>
    /// <param name="identity">Own certificate and key; a renewed one counts from the next channel on.</param>
    /// <param name="applicationUri">The ApplicationUri without a certificate; with one, the certificate's counts.</param>
    public ClientApplication(string applicationName, IApplicationIdentitySource? identity, string? applicationUri = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(applicationName);
        if (identity is null && string.IsNullOrEmpty(applicationUri))
            throw new ArgumentException("A client without a certificate needs an ApplicationUri.", nameof(applicationUri));
        ApplicationName = applicationName;
        Identity = identity;
        _applicationUri = applicationUri;
    }

    public string ApplicationName { get; }

    public string ProductUri { get; init; } = "urn:gdssuite";

    public ApplicationType ApplicationType { get; init; } = ApplicationType.Client;

    public IApplicationIdentitySource? Identity { get; }

    public string ApplicationUri => Identity?.Current.ApplicationUri ?? _applicationUri!;

    internal ApplicationDescription Describe() =>
        new(ApplicationUri, ProductUri, new LocalizedText(ApplicationName), ApplicationType, null, null, []);
}
