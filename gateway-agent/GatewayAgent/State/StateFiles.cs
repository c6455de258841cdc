using System.Text.Json;
using System.Text.Json.Serialization;
using Pki;

namespace GatewayAgent.State;

/// <summary>Reads and writes the records of the state folder; each file is either the old or the new one, at any instant.</summary>
internal static class StateFiles
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            if (!File.Exists(path)) return null;
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<T>(stream, Format, cancellationToken);
        }
        catch (JsonException e)
        {
            throw new AgentProblem(ProblemKind.Refused, $"The state file '{path}' cannot be read: {e.Message} Nothing was changed; restore it from a backup, or delete it and enrol again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The state file '{path}' cannot be read: {e.Message}", e);
        }
    }

    public static async Task WriteAsync<T>(string path, T value, CancellationToken cancellationToken)
    {
        try
        {
            await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, Format), FileProtection.OwnerOnly, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PkiException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"The state file '{path}' cannot be written: {e.Message}", e);
        }
    }
}
