using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Transport;

namespace Ua.Client;

/// <summary>Opens channels as the options of a session or of discovery want them.</summary>
internal static class ChannelOpener
{
    public static Task<ClientChannel> OpenUnsecuredAsync(string url, DiscoveryOptions options, CancellationToken cancellationToken)
    {
        _ = ServerUrl.Parse(url);
        return ClientChannel.OpenAsync(
            new ClientChannelOptions
            {
                EndpointUrl = url,
                ConnectTimeout = options.Timeout,
                RequestTimeout = options.Timeout,
                EncodingLimits = options.Limits,
                Time = options.Time,
                Logger = options.LoggerFactory.CreateLogger<ClientChannel>(),
            },
            cancellationToken);
    }

    public static Task<ClientChannel> OpenAsync(ChosenEndpoint target, SessionOptions options, CancellationToken cancellationToken) => ClientChannel.OpenAsync(
        new ClientChannelOptions
        {
            EndpointUrl = options.EndpointUrl,
            Policy = target.Policy,
            Mode = target.Endpoint.SecurityMode,
            Certificate = target.Own,
            ServerCertificate = target.Endpoint.ServerCertificate,
            MaxMessageSize = (int)Math.Min(options.MaxResponseMessageSize, int.MaxValue),
            ConnectTimeout = options.ConnectTimeout,
            RequestTimeout = options.RequestTimeout,
            RequestedLifetime = options.ChannelLifetime,
            EncodingLimits = options.Limits,
            Time = options.Time,
            Logger = options.LoggerFactory.CreateLogger<ClientChannel>(),
        },
        cancellationToken);
}
