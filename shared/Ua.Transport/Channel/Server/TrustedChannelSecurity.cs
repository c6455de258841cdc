using Ua.Security;
using Ua.Security.Certificates;

namespace Ua.Transport;

/// <summary>Channels secured by the application's own identity and trust lists.</summary>
public sealed class TrustedChannelSecurity(IApplicationIdentitySource identity, CertificateValidator validator) : IChannelSecurity
{
    public OwnCertificate? CurrentCertificate(ISecurityPolicy policy) =>
        identity.Current.For(policy.Uri) is { } own ? OwnCertificate.Of(own) : null;

    public async ValueTask<ClientVerdict> CheckClientAsync(ClientCertificate client, CancellationToken cancellationToken)
    {
        var check = new CertificateCheck(client.Chain, PeerRole.Client) { KeyRule = CertificateKeyRule.ForPolicy(client.Policy.Uri) };
        var verdict = await validator.ValidateAsync(check, cancellationToken);
        return new(verdict.StatusCode, verdict.PublicStatusCode, verdict.Text);
    }
}
