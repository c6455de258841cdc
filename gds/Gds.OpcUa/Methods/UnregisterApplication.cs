using Gds.Core.Applications;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>UnregisterApplication (Part 12, 6.5.8): the record goes, and its certificates are revoked.</summary>
internal sealed class UnregisterApplication(ApplicationDirectory directory, Callers callers, DirectoryAudit audit) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.UnregisterApplication;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var id = call.OwnId(0);
        using var heard = audit.Claim(id.ToString());
        await directory.UnregisterAsync(callers.Of(call.Caller), id, cancellationToken);
        audit.RegistrationChanged(call, $"Application {id} was unregistered.");
        return MethodResult.Good();
    }
}
