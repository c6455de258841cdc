using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>DeleteCertificate (Part 12, 7.10.7): empties a slot. Whether the application can do without is looked at when the change is applied.</summary>
internal sealed class DeleteCertificate(TransactionDesk desk) : IConfigurationMethod
{
    public string Name => "DeleteCertificate";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var group = target.Group(call.Node(0));
        var type = call.CertificateType(1, group);
        await desk.ChangeAsync(
            call.Caller.SessionId,
            async transaction =>
            {
                var state = await group.Group.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (transaction.SlotOf(group, type, state) is null) throw new UaException(StatusCodes.BadInvalidState, $"The slot of the type {type} is empty.");
                return transaction.With(group, new SlotChange(type, null));
            },
            cancellationToken).ConfigureAwait(false);
        return MethodResult.Good();
    }
}
