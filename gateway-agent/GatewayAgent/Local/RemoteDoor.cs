using System.Net.Http.Json;
using System.Text.Json;
using GatewayAgent.Configuration;
using GatewayAgent.Explaining;
using GatewayAgent.Folders;

namespace GatewayAgent.Local;

/// <summary>The door of a running agent, from outside.</summary>
internal sealed class RemoteDoor : IAgentDoor
{
    private readonly HttpClient _http;
    private readonly string _door;

    public RemoteDoor(DataFolder data)
    {
        _door = LocalDoor.NameOf(data);
        _http = new HttpClient(LocalDoor.Connector(data)) { BaseAddress = new Uri("http://agent/"), Timeout = TimeSpan.FromMinutes(10) };
    }

    /// <summary>Whether somebody answers at the door.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("api/status", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // the question that was asked
        }
    }

    public async Task AddAsync(ApplicationConfiguration application, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/applications", application, cancellationToken);
    }

    public Task<StatusReport> EnrolAsync(EnrolOrder order, CancellationToken cancellationToken) => AskAsync<StatusReport>(HttpMethod.Post, "api/enroll", order, cancellationToken);

    public Task<SyncReport> SyncAsync(CancellationToken cancellationToken) => AskAsync<SyncReport>(HttpMethod.Post, "api/sync", null, cancellationToken);

    public Task<StatusReport> StatusAsync(CancellationToken cancellationToken) => AskAsync<StatusReport>(HttpMethod.Get, "api/status", null, cancellationToken);

    public Task<ExplainReport> ExplainAsync(ExplainOrder order, CancellationToken cancellationToken) => AskAsync<ExplainReport>(HttpMethod.Post, "api/explain", order, cancellationToken);

    public Task<IReadOnlyList<FolderItem>> ListAsync(string? application, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<FolderItem>>(HttpMethod.Get, application is null ? "api/certificates" : $"api/certificates?application={Uri.EscapeDataString(application)}", null, cancellationToken);

    public Task<DecisionReport> TrustAsync(DecisionOrder order, CancellationToken cancellationToken) => AskAsync<DecisionReport>(HttpMethod.Post, "api/trust", order, cancellationToken);

    public Task<DecisionReport> RejectAsync(DecisionOrder order, CancellationToken cancellationToken) => AskAsync<DecisionReport>(HttpMethod.Post, "api/reject", order, cancellationToken);

    public async Task SetAdministratorAsync(AdministratorOrder order, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Put, "api/administrator", order, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> AskAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(method, path, body, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<T>(LocalJson.Format, cancellationToken) ?? throw new AgentProblem(ProblemKind.Refused, $"The agent behind {_door} answered with nothing.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: LocalJson.Format) };
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new AgentProblem(ProblemKind.Unreachable, $"The agent behind {_door} does not answer: {e.Message}", e);
        }

        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw await ProblemAsync(answer, cancellationToken);
    }

    private async Task<AgentProblem> ProblemAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            if (JsonSerializer.Deserialize<ProblemReport>(text, LocalJson.Format) is { Text: { } said } report) return new AgentProblem(report.Kind, said);
        }
        catch (JsonException e)
        {
            return new AgentProblem(ProblemKind.Refused, $"The agent behind {_door} failed with {(int)answer.StatusCode}; its log says why.", e);
        }

        return new AgentProblem(ProblemKind.Refused, $"The agent behind {_door} failed with {(int)answer.StatusCode}; its log says why.");
    }
}
