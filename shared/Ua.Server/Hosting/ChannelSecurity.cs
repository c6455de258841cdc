using Ua.Security;
using Ua.Security.Certificates;
using Ua.Transport;

namespace Ua.Server.Hosting;

/// <summary>Brings the own identity and the validator of this process to the channels.</summary>
internal sealed class ChannelSecurity(OwnCertificates own, CertificateValidator validator) : IChannelSecurity
{
    public OwnCertificate? CurrentCertificate(ISecurityPolicy policy) => own.Current(policy);

    public async ValueTask<ClientVerdict> CheckClientAsync(ClientCertificate client, CancellationToken cancellationToken)
    {
        var check = new CertificateCheck(client.Chain, PeerRole.Client) { KeyRule = CertificateKeyRule.ForPolicy(client.Policy.Uri) };
        var verdict = await validator.ValidateAsync(check, cancellationToken).ConfigureAwait(false);
        return new ClientVerdict(verdict.StatusCode, verdict.PublicStatusCode, verdict.Text);
    }
}
