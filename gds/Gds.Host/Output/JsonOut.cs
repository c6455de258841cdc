using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gds.Host.Output;

/// <summary>Writes one JSON value to standard output.</summary>
internal static class JsonOut
{
    public static void Write<T>(T value, JsonTypeInfo<T> json) => Console.WriteLine(JsonSerializer.Serialize(value, json));
}
