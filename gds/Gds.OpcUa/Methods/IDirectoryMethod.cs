using Ua.Server.Nodes;

namespace Gds.OpcUa.Methods;

/// <summary>One method of the Directory object.</summary>
internal interface IDirectoryMethod
{
    /// <summary>The id of the instance's method in the GDS namespace.</summary>
    uint Id { get; }

    Task<MethodResult> CallAsync(MethodCall call, CancellationToken cancellationToken);
}
