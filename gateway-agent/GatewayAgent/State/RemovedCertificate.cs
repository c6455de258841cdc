using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.State;

/// <summary>A certificate that was taken out of a folder because the GDS does not know it; kept so that nothing is lost.</summary>
/// <param name="Store">The store of the preset in which it lay.</param>
internal sealed record RemovedCertificate(string Store, TrustFolderPlace Place, ApplicationCertificate Certificate, string File, DateTimeOffset At);
