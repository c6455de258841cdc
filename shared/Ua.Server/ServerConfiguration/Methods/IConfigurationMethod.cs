using Ua.Server.Nodes;

namespace Ua.Server.ServerConfiguration;

/// <summary>One method of ServerConfigurationType. Role and channel have been checked by the rights of its node.</summary>
internal interface IConfigurationMethod
{
    /// <summary>Its browse name.</summary>
    string Name { get; }

    Task<MethodResult> CallAsync(ConfigurationObject target, MethodCall call, CancellationToken cancellationToken);
}
