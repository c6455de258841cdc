using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Ua.Core;

namespace Ua.Transport;

/// <summary>Connects a socket and puts the server's own socket pipes behind it.</summary>
internal static class ClientSocket
{
    private const int DefaultPort = 4840;

    // Whoever waits for bytes goes on where they were read: nothing in a channel blocks, and each change of thread costs more than most messages.
    private static readonly SocketConnectionContextFactory s_pipes = new(new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true }, NullLogger.Instance);

    /// <exception cref="UaException">Bad_TcpEndpointUrlInvalid, Bad_NotConnected.</exception>
    public static async Task<ConnectionContext> ConnectAsync(string endpointUrl, CancellationToken cancellationToken)
    {
        var url = Parse(endpointUrl);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(url.DnsSafeHost, url.Port < 0 ? DefaultPort : url.Port, cancellationToken);
            return s_pipes.Create(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new UaException(StatusCodes.BadNotConnected, $"No connection to {url.Authority}: {e.Message}.", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Uri Parse(string endpointUrl) =>
        Uri.TryCreate(endpointUrl, UriKind.Absolute, out var url) && url.Scheme == "opc.tcp" && url.Host.Length > 0
            ? url
            : throw new UaException(StatusCodes.BadTcpEndpointUrlInvalid, $"'{endpointUrl}' is not of the form opc.tcp://host:port.");
}
