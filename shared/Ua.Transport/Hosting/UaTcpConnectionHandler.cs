using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Transport;

/// <summary>Where Kestrel hands over a connection that was made to one of the server's endpoints.</summary>
public sealed class UaTcpConnectionHandler(
    UaTcpOptions options, ServerChannels channels, IChannelSecurity security, IServiceDispatcher dispatcher, TimeProvider time, ILogger<UaTcpConnectionHandler> logger)
{
    private readonly ServerContext _server = new(options, channels, security, dispatcher, time, logger);

    /// <summary>Serves the connection until it ends.</summary>
    public async Task OnConnectedAsync(UaTcpEndpoint endpoint, ConnectionContext connection)
    {
        using var served = new ServerConnection(_server, endpoint, connection);
        if (!channels.TryEnter(served))
        {
            logger.TurnedAway(connection.RemoteEndPoint);
            await served.RefuseAsync(StatusCodes.BadTcpServerTooBusy, "The server has no room for another connection.");
            return;
        }

        try
        {
            await served.RunAsync();
        }
        finally
        {
            channels.Leave(served);
        }
    }
}
