using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ua.Security.Certificates;

namespace GatewayAgent.Configuration;

/// <summary>The key <c>presets</c> of agent.json: layouts of an operator's own, written there or in a file that it names.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record PresetSource(string? FilePath, string? Inline)
{
    /// <summary>Reads and checks the layouts.</summary>
    /// <param name="folder">The folder that relative paths start from.</param>
    public IReadOnlyList<TrustFolderLayout> Read(string folder)
    {
        var where = FilePath is null ? "presets" : $"presets, the file '{Path.GetFullPath(FilePath, folder)}'";
        try
        {
            var json = FilePath is null ? Encoding.UTF8.GetBytes($"{{\"layouts\":{Inline}}}") : File.ReadAllBytes(Path.GetFullPath(FilePath, folder));
            using var stream = new MemoryStream(json);
            var own = TrustFolderLayouts.Read(stream);
            var taken = own.FirstOrDefault(l => TrustFolderLayouts.All.Any(a => string.Equals(a.Name, l.Name, StringComparison.OrdinalIgnoreCase)));
            return taken is null ? own : throw new ArgumentException($"The name '{taken.Name}' is one of the product's own presets; take another one.");
        }
        catch (ArgumentException e)
        {
            throw new AgentProblem(ProblemKind.Usage, $"agent.json: {where}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"agent.json: {where} cannot be read: {e.Message}", e);
        }
    }

    private sealed class Converter : JsonConverter<PresetSource>
    {
        public override PresetSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => new PresetSource(reader.GetString(), null),
            JsonTokenType.StartArray => new PresetSource(null, JsonNode.Parse(ref reader)!.ToJsonString()),
            _ => throw new JsonException("presets must be a list of layouts, or the path of a file with {\"layouts\": [...]}."),
        };

        public override void Write(Utf8JsonWriter writer, PresetSource value, JsonSerializerOptions options)
        {
            if (value.FilePath is { } path) writer.WriteStringValue(path);
            else JsonNode.Parse(value.Inline!)!.WriteTo(writer, options);
        }
    }
}
