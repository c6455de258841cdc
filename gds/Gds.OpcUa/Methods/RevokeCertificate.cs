using Gds.Core.Certificates;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Gds.Store;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>RevokeCertificate (Part 12, 7.9.7). The new CRL is in the trust list when the answer leaves.</summary>
internal sealed class RevokeCertificate(CertificateRegister register, Callers callers, CertificateAudit audit) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.RevokeCertificate;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var certificate = call.Bytes(1);
        using var heard = audit.ClaimRevocation(certificate);
        await register.RevokeAsync(callers.Of(call.Caller), call.OwnId(0), certificate, RevocationCause.Unspecified, cancellationToken);
        audit.Revoked(call);
        return MethodResult.Good();
    }
}
