using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ua.Transport;

/// <summary>Puts UA-TCP endpoints beside whatever else a host listens to.</summary>
public static class UaTcpHosting
{
    /// <summary>
    /// Adds the transport, secured by the application's own identity and trust lists where the host has not added another
    /// <see cref="IChannelSecurity"/>. The host adds an <see cref="IServiceDispatcher"/> and, with <see cref="ListenUaTcp(IServiceCollection, UaTcpEndpoint)"/>,
    /// at least one endpoint.
    /// </summary>
    public static IServiceCollection AddUaTcp(this IServiceCollection services, Action<UaTcpOptions>? configure = null)
    {
        var options = new UaTcpOptions();
        configure?.Invoke(options);
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ServerChannels>();
        services.TryAddSingleton<IChannelSecurity, TrustedChannelSecurity>();
        services.AddSingleton<UaTcpConnectionHandler>();

        // Whoever waits for bytes goes on where they were read: nothing in a channel blocks, and each change of thread costs more than most messages.
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        return services;
    }

    /// <summary>Listens at an endpoint; after the start <see cref="UaTcpEndpoint.BoundAddress"/> has the real port.</summary>
    public static IServiceCollection ListenUaTcp(this IServiceCollection services, UaTcpEndpoint endpoint)
    {
        services.AddSingleton(endpoint);
        return services.Configure<KestrelServerOptions>(kestrel => kestrel.ListenUaTcp(endpoint));
    }

    /// <summary>The same for a host whose endpoints are only known when Kestrel is configured.</summary>
    public static void ListenUaTcp(this KestrelServerOptions kestrel, UaTcpEndpoint endpoint) =>
        kestrel.Listen(endpoint.Address, listen =>
        {
            endpoint.Binding = () => listen.IPEndPoint is { Port: not 0 } bound ? bound : null;
            listen.Run(connection => kestrel.ApplicationServices.GetRequiredService<UaTcpConnectionHandler>().OnConnectedAsync(endpoint, connection));
        });
}
