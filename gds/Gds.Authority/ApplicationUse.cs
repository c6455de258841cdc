using Pki;

namespace Gds.Authority;

/// <summary>What an application does with its certificate (from its ApplicationType; Part 6, 6.2.2, extendedKeyUsage).</summary>
public enum ApplicationUse
{
    /// <summary>Also for applications of which it is not known.</summary>
    ClientAndServer,
    Server,
    Client,
}

internal static class ApplicationUses
{
    public static IReadOnlyList<string> ExtendedKeyUsages(this ApplicationUse use) => use switch
    {
        ApplicationUse.Server => [CertificateUsages.ServerAuthentication],
        ApplicationUse.Client => [CertificateUsages.ClientAuthentication],
        _ => [CertificateUsages.ServerAuthentication, CertificateUsages.ClientAuthentication],
    };
}
