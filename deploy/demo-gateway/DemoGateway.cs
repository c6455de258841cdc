using Ua.Security.Certificates;

namespace GdsSuite.DemoGateway;

/// <summary>Who the gateway is and where its certificates lie.</summary>
internal sealed record DemoGateway(string Name, string Pki, string Layout)
{
    public string ApplicationName => $"Gateway {Name}";

    public string ApplicationUri => $"urn:localhost:gds-quickstart:gateway-{Name.ToLowerInvariant()}";

    public const string ProductUri = "urn:localhost:gds-quickstart";

    /// <summary>A self-signed certificate for localhost is made where the folder holds none.</summary>
    public void Describe(ApplicationIdentityOptions options)
    {
        options.ApplicationName = ApplicationName;
        options.ApplicationUri = ApplicationUri;
        options.HostNames.Add("localhost");
    }
}
