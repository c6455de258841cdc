using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>GetCertificates (Part 12, 7.10.8): what is in the slots of a group now.</summary>
internal sealed class GetCertificates : IConfigurationMethod
{
    public string Name => "GetCertificates";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var state = await target.Group(call.Node(0)).Group.ReadAsync(cancellationToken).ConfigureAwait(false);
        return MethodResult.Good(state.Slots.Select(s => s.Type).ToArray(), state.Slots.Select(s => (byte[]?)s.Certificate.Der).ToArray());
    }
}
