using Gds.Core.Applications;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Ua.Core;
using Ua.Gds;
using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>RegisterApplication (Part 12, 6.5.6). An ApplicationId in the record is ignored: the GDS gives it.</summary>
internal sealed class RegisterApplication(ApplicationDirectory directory, Callers callers, GdsNamespace ns, DirectoryAudit audit) : IDirectoryMethod
{
    public uint Id => DirectoryMethodIds.RegisterApplication;

    public async Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken)
    {
        var registration = call.Record(0, ns).ToRegistration();
        using var heard = audit.Claim(registration.ApplicationUri ?? "");
        var id = await directory.RegisterAsync(callers.Of(call.Caller), registration, cancellationToken);
        audit.RegistrationChanged(call, $"Application '{registration.ApplicationUri}' was registered.");
        return MethodResult.Good(GdsNamespace.Own(id));
    }
}
