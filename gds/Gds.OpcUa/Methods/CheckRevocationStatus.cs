using Gds.Core.Certificates;
using Gds.OpcUa.Identity;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;
using RevocationStatus = Gds.Core.Certificates.RevocationStatus;

namespace Gds.OpcUa.Methods;

/// <summary>CheckRevocationStatus (Part 12, 7.9.11): the first fault of the certificate as a status code, and until when that holds.</summary>
internal sealed class CheckRevocationStatus(RevocationCheck check, Callers callers) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.CheckRevocationStatus;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var answer = await check.CheckAsync(callers.Of(call.Caller), call.Bytes(0), cancellationToken);
        return MethodResult.Good(StatusOf(answer.Status), answer.ValidityTime ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc));
    }

    private static StatusCode StatusOf(RevocationStatus status) => status switch
    {
        RevocationStatus.Good => StatusCodes.Good,
        RevocationStatus.CertificateInvalid => StatusCodes.BadCertificateInvalid,
        RevocationStatus.IssuerUnknown => StatusCodes.BadCertificateChainIncomplete,
        RevocationStatus.RevocationUnknown => StatusCodes.BadCertificateRevocationUnknown,
        RevocationStatus.Revoked => StatusCodes.BadCertificateRevoked,
        RevocationStatus.IssuerRevocationUnknown => StatusCodes.BadCertificateIssuerRevocationUnknown,
        RevocationStatus.IssuerRevoked => StatusCodes.BadCertificateIssuerRevoked,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No status code stands for this."),
    };
}
