using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Interop.Driving;

/// <summary>
/// A foreign peer in a Node.js process of its own, driven over JSON lines (peers/README.md): one command
/// object per line in, one result object per line out, matched by id.
/// </summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private const int KeptErrorCharacters = 8_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(8);

    private readonly Process _process;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly StringBuilder _errors = new();
    private readonly SemaphoreSlim _line = new(1, 1);
    private readonly Task _answers;
    private readonly Task _complaints;
    private long _last;

    private NodePeer(Process process)
    {
        _process = process;
        _answers = ReadAnswersAsync();
        _complaints = ReadErrorsAsync();
    }

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The last thing the peer wrote to its standard error.</summary>
    public string StandardError
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts a script of the folder "peers", or of "push-peers".</summary>
    public static NodePeer Start(string script, string peers = "peers")
    {
        var folder = Path.Combine(
            typeof(NodePeer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "InteropFolder").Value!, peers);
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException($"The foreign peers are not installed: run tests/run.sh, or npm ci in tests/Interop/{peers}.");
        var start = new ProcessStartInfo("node", [Path.Combine(folder, script)])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        return new(Process.Start(start) ?? throw new InvalidOperationException("node did not start"));
    }

    /// <summary>Sends a command and gives its answer; an answer that is not ok becomes a <see cref="PeerProblem"/>.</summary>
    public async Task<JsonObject> AskAsync(string command, object? fields = null, TimeSpan? patience = null, CancellationToken ct = default)
    {
        var id = Interlocked.Increment(ref _last);
        var request = fields is null ? [] : JsonSerializer.SerializeToNode(fields, Json)!.AsObject();
        request["id"] = id;
        request["cmd"] = command;
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            await SendAsync(request.ToJsonString(Json), ct);
            await Task.WhenAny(answer.Task, _answers).WaitAsync(patience ?? s_patience, ct);
            if (!answer.Task.IsCompleted)
                throw new PeerProblem(command, null, "the peer ended before it answered", StandardError);
            var result = await answer.Task;
            return result["ok"]!.GetValue<bool>()
                ? result
                : throw new PeerProblem(command, (string?)result["statusCode"], (string?)result["message"] ?? "", StandardError);
        }
        catch (IOException problem)
        {
            throw new PeerProblem(command, null, $"the peer does not listen any more: {problem.Message}", StandardError);
        }
        catch (TimeoutException)
        {
            throw new PeerProblem(command, null, $"no answer within {patience ?? s_patience}", StandardError);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Sends a command and reads its answer as <typeparamref name="T"/>.</summary>
    public async Task<T> AskAsync<T>(string command, object? fields = null, TimeSpan? patience = null, CancellationToken ct = default) =>
        (await AskAsync(command, fields, patience, ct)).Deserialize<T>(Json)!;

    /// <summary>Lets the peer close what it has open and end by itself; ends its whole process tree when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(s_farewell);
        }
        catch (Exception problem) when (problem is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        await Task.WhenAll(_answers, _complaints);
        _process.Dispose();
        _line.Dispose();
    }

    private async Task SendAsync(string text, CancellationToken ct)
    {
        await _line.WaitAsync(ct);
        try
        {
            await _process.StandardInput.WriteLineAsync(text.AsMemory(), ct);
            await _process.StandardInput.FlushAsync(ct);
        }
        finally
        {
            _line.Release();
        }
    }

    private async Task ReadAnswersAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{') && JsonNode.Parse(line) is JsonObject answer && answer["id"] is { } id && _waiting.TryGetValue(id.GetValue<long>(), out var asker))
                asker.TrySetResult(answer);
            else
                Keep($"not an answer: {line}");
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
            Keep(line);
    }

    private void Keep(string line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
            if (_errors.Length > KeptErrorCharacters)
                _errors.Remove(0, _errors.Length - KeptErrorCharacters);
        }
    }
}
