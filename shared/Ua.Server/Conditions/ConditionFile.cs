using System.Text.Json;
using Pki;
using Ua.Core;

namespace Ua.Server.Conditions;

/// <summary>Keeps conditions in one JSON file, which is replaced as a whole with each change.</summary>
public sealed class ConditionFile(string path) : IConditionStore, IDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly SemaphoreSlim _gate = new(1);
    private Dictionary<string, ConditionRecord>? _records;

    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public async ValueTask<ConditionRecord?> FindAsync(NodeId condition, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _records ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
            return _records.GetValueOrDefault(condition.ToString());
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask SaveAsync(NodeId condition, ConditionRecord record, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var records = new Dictionary<string, ConditionRecord>(_records ??= await ReadAsync(cancellationToken).ConfigureAwait(false), StringComparer.Ordinal)
            {
                [condition.ToString()] = record,
            };
            await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(records, s_json), cancellationToken: cancellationToken).ConfigureAwait(false);
            _records = records;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Dictionary<string, ConditionRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return new(StringComparer.Ordinal);
        try
        {
            var content = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<Dictionary<string, ConditionRecord>>(content, s_json) ?? new(StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} does not hold conditions: {e.Message} Remove the file to begin with all alarms unacknowledged.", e);
        }
    }
}
