using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gds.Web.Hosting;
using Gds.Web.Records;

namespace Gds.Web.Client;

/// <summary>Speaks to the API of a GDS by its local door. A refusal is a <see cref="GdsApiProblem"/> with the server's sentence.</summary>
public sealed class GdsApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly LocalSocket _socket;

    public GdsApiClient(LocalSocket socket)
    {
        _socket = socket;
        var handler = new SocketsHttpHandler { ConnectCallback = (_, ct) => socket.ConnectAsync(ct), UseProxy = false };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://gds"), Timeout = TimeSpan.FromSeconds(100) };
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await ReadAsync(response, json, cancellationToken);
    }

    public async Task<TOut> PostAsync<TIn, TOut>(string path, TIn body, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body, input), cancellationToken);
        return await ReadAsync(response, output, cancellationToken);
    }

    public async Task<TOut> PostAsync<TOut>(string path, JsonTypeInfo<TOut> output, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, null, cancellationToken);
        return await ReadAsync(response, output, cancellationToken);
    }

    public async Task PostAsync<TIn>(string path, TIn body, JsonTypeInfo<TIn> input, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body, input), cancellationToken);
    }

    public async Task PutAsync<TIn>(string path, TIn body, JsonTypeInfo<TIn> input, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Put, path, JsonContent.Create(body, input), cancellationToken);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, GdsApi.Root + path) { Content = body };
            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new GdsApiProblem(null, $"The GDS does not answer at {_socket}: {e.Message}", e);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response) throw await ProblemAsync(response, cancellationToken);
    }

    private static async Task<GdsApiProblem> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && await response.Content.ReadFromJsonAsync(GdsJson.Default.ProblemJson, cancellationToken) is { } problem)
            return new GdsApiProblem(response.StatusCode, problem.Detail) { Kind = problem.Kind };
        return new GdsApiProblem(response.StatusCode, $"The GDS answered {(int)response.StatusCode} {response.ReasonPhrase}.");
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(json, cancellationToken) ?? throw new GdsApiProblem(response.StatusCode, "The GDS answered nothing.");
        }
        catch (JsonException e)
        {
            throw new GdsApiProblem(response.StatusCode, "The GDS answered something that this program does not understand; are both of the same version?", e);
        }
    }
}
