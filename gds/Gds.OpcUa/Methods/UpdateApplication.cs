using Gds.Core.Applications;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>UpdateApplication (Part 12, 6.5.7): the ApplicationId in the record says which one.</summary>
internal sealed class UpdateApplication(ApplicationDirectory directory, Callers callers, GdsNamespace ns, DirectoryAudit audit) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.UpdateApplication;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var record = call.Record(0, ns);
        var id = GdsNamespace.GuidOf(record.ApplicationId);
        using var heard = audit.Claim(id.ToString());
        await directory.UpdateAsync(callers.Of(call.Caller), id, record.ToRegistration(), cancellationToken);
        audit.RegistrationChanged(call, $"Application '{record.ApplicationUri}' was updated.");
        return MethodResult.Good();
    }
}
