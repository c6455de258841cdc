using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>GetRejectedList (Part 12, 7.10.12).</summary>
internal sealed class GetRejectedList : IConfigurationMethod
{
    public string Name => "GetRejectedList";

    public async Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken)
    {
        var rejected = await target.Application.ReadRejectedAsync(cancellationToken).ConfigureAwait(false);
        return MethodResult.Good(rejected.Select(c => (byte[]?)c.Der).ToArray());
    }
}
