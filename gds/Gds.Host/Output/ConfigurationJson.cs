using System.Text.Json.Serialization;

namespace Gds.Host.Output;

/// <summary>The configuration that init writes where it was told where to listen.</summary>
internal sealed record FirstConfigurationJson(FirstEndpointJson Endpoint);

internal sealed record FirstEndpointJson(int Port, string Listen, string[] HostNames);

/// <summary>Keys of the configuration are written as they are read.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(FirstConfigurationJson))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
