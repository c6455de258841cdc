using Ua.Core;

namespace Ua.Client;

/// <summary>Asks servers about themselves and others, over channels without security (Part 4, 5.5). What they say proves nothing yet.</summary>
public static class Discovery
{
    /// <summary>The endpoints of the server behind a URL.</summary>
    public static async Task<EndpointDescription[]> GetEndpointsAsync(string url, DiscoveryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new GetEndpointsRequest(RequestHeader.Empty, url, [], [EndpointChoice.UaTcpTransport]);
        return (await AskAsync(url, request, options, cancellationToken).ConfigureAwait(false)).Endpoints;
    }

    /// <summary>The servers that the server behind a URL knows; without server URIs all of them.</summary>
    public static async Task<ApplicationDescription[]> FindServersAsync(
        string url, IReadOnlyList<string>? serverUris = null, DiscoveryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new FindServersRequest(RequestHeader.Empty, url, [], [.. serverUris ?? []]);
        return (await AskAsync(url, request, options, cancellationToken).ConfigureAwait(false)).Servers;
    }

    /// <summary>The servers that an LDS has seen on the network, from a record id on; 0 as maximum is no limit.</summary>
    public static async Task<FindServersOnNetworkResponse> FindServersOnNetworkAsync(
        string url, uint startingRecordId = 0, uint maxRecordsToReturn = 0, DiscoveryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new FindServersOnNetworkRequest(RequestHeader.Empty, startingRecordId, maxRecordsToReturn, []);
        return await AskAsync(url, request, options, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<TResponse> AskAsync<TRequest, TResponse>(
        string url, IServiceRequest<TRequest, TResponse> request, DiscoveryOptions? options, CancellationToken cancellationToken)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IServiceResponse<TResponse>
    {
        options ??= new DiscoveryOptions();
        using var limit = new TimeLimit(options.Timeout, options.Time, cancellationToken);
        try
        {
            var channel = await ChannelOpener.OpenUnsecuredAsync(url, options, limit.Token).ConfigureAwait(false);
            await using (channel.ConfigureAwait(false)) return await channel.SendAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.HasPassed)
        {
            throw limit.Exceeded($"{url} did not answer", e);
        }
    }
}
