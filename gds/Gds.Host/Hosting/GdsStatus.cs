using Gds.OpcUa.Hosting;
using Gds.Web.Hosting;
using Microsoft.Extensions.Options;
using Ua.Security.Certificates;

namespace Gds.Host.Hosting;

/// <summary>What the API tells of this process.</summary>
internal sealed class GdsStatus(
    GdsAddress address, HostNeeds needs, IOptions<CertificateValidationOptions> validation, FolderApplicationIdentity identity, TimeProvider time) : IGdsStatus
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    public string EndpointUrl => address.EndpointUrl;

    public string CertificateSha256 => address.CertificateSha256;

    public bool IsListening => needs.Listens;

    public IEnumerable<string> Warnings()
    {
        if (validation.Value.IsOpenToAll)
            yield return "Endpoint:FirstContact is AcceptAll: every client is let in, whoever it is. Never for production.";
        if (identity.Problem is { } problem) yield return $"The own certificate: {problem}";
        var own = identity.Current.Primary.Certificate;
        if (own.NotAfter - time.GetUtcNow() < s_soon) yield return $"The own certificate {own.Subject} ends at {own.NotAfter:u}.";
    }
}
