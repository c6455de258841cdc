using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pki;

namespace GatewayAgent.Configuration;

/// <summary>Reads agent.json so that nothing in it is ever ignored, and adds applications to it.</summary>
internal sealed class ConfigurationFile(string path)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public string FilePath { get; } = path;

    /// <summary>The configuration, checked; defaults where there is no file.</summary>
    public async Task<AgentConfiguration> ReadAsync(CancellationToken cancellationToken = default)
    {
        var text = await ReadTextAsync(cancellationToken);
        var configuration = (text is null ? new AgentConfiguration() : Parse(text)).Resolve(Path.GetDirectoryName(Path.GetFullPath(FilePath))!);
        configuration.Validate();
        return configuration;
    }

    /// <summary>Adds an application, or replaces the one with the same ApplicationUri. Comments in the file are lost, its old text is kept beside it.</summary>
    public async Task<AgentConfiguration> AddAsync(ApplicationConfiguration application, CancellationToken cancellationToken = default)
    {
        var text = await ReadTextAsync(cancellationToken);
        var before = text is null ? new AgentConfiguration() : Parse(text);
        var others = before.Applications.Where(a => a.ApplicationUri != application.ApplicationUri);
        var after = (before with { Applications = [.. others, application] }).Resolve(Path.GetDirectoryName(Path.GetFullPath(FilePath))!);
        after.Validate();
        if (text is not null && Write(before) == Write(after)) return before;
        if (text is not null) await AtomicFile.WriteTextAsync(FilePath + ".before", text, FileProtection.OwnerOnly, cancellationToken);
        await AtomicFile.WriteTextAsync(FilePath, Write(after), FileProtection.OwnerOnly, cancellationToken);
        return after;
    }

    internal static AgentConfiguration Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            UnknownKeys.Refuse(document.RootElement, Format.GetTypeInfo(typeof(AgentConfiguration)));
            return document.RootElement.Deserialize<AgentConfiguration>(Format) ?? throw new AgentProblem(ProblemKind.Usage, "agent.json is empty; an object is needed, {} at least.");
        }
        catch (JsonException e)
        {
            throw new AgentProblem(ProblemKind.Usage, $"agent.json cannot be read{(e.LineNumber is { } line ? $", line {line + 1}" : "")}{(e.Path is { Length: > 1 } at ? $", at {at[2..]}" : "")}: {e.Message}", e);
        }
    }

    /// <summary>Only what differs from the defaults, so that a later version's better default counts.</summary>
    internal static string Write(AgentConfiguration configuration)
    {
        var whole = Node(configuration);
        LeaveOut(whole, Node(new AgentConfiguration()));
        var plain = Node(new ApplicationConfiguration { Name = "", ApplicationUri = "" });
        foreach (var application in whole["applications"]?.AsArray() ?? []) LeaveOut(application!.AsObject(), plain);
        return whole.ToJsonString(Format) + "\n";
    }

    private static JsonObject Node<T>(T value) => JsonSerializer.SerializeToNode(value, Format)!.AsObject();

    private static void LeaveOut(JsonObject from, JsonObject defaults)
    {
        foreach (var (key, value) in defaults) if (JsonNode.DeepEquals(from[key], value)) from.Remove(key);
    }

    private async Task<string?> ReadTextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(FilePath) ? await File.ReadAllTextAsync(FilePath, cancellationToken) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"'{FilePath}' cannot be read: {e.Message}", e);
        }
    }
}
