using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Transport;

/// <summary>What all connections of a server share.</summary>
internal sealed record ServerContext(
    UaTcpOptions Options, ServerChannels Channels, IChannelSecurity Security, IServiceDispatcher Dispatcher, TimeProvider Time, ILogger Logger);

/// <summary>
/// One connection of a client, from its first byte to its last: HEL, ACK, OPN, then messages, until CLO, an error or silence
/// (Part 6, 7.1.3). Whatever is wrong becomes one ERR message.
/// </summary>
internal sealed partial class ServerConnection : IDisposable
{
    private readonly ServerContext _server;
    private readonly ConnectionContext _connection;
    private readonly FrameReader _frames;
    private readonly MessageWriter _writer;

    // Not disposed: services may look at the token after the end, and it holds nothing.
    private readonly CancellationTokenSource _closed = new();
    private UaException? _abort;
    private volatile ServerChannel? _channel;

    public ServerConnection(ServerContext server, UaTcpEndpoint endpoint, ConnectionContext connection)
    {
        _server = server;
        Endpoint = endpoint;
        _connection = connection;
        ConnectedAt = server.Time.GetTimestamp();
        _frames = new FrameReader(connection.Transport.Input, server.Time, server.Options.MessageTimeout);
        _writer = new MessageWriter(connection.Transport.Output, server.Time, server.Options.SendTimeout);
    }

    /// <summary>Where the client came in.</summary>
    public UaTcpEndpoint Endpoint { get; }

    /// <summary>As a timestamp of the server's clock.</summary>
    public long ConnectedAt { get; }

    public CancellationToken Closed => _closed.Token;

    public bool HasChannel => _channel is not null;

    public bool HasSession => _channel is { HasSession: true };

    private EndPoint? Remote => _connection.RemoteEndPoint;

    public async Task RunAsync()
    {
        using var stopping = _connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            .Register(() => Abort(StatusCodes.BadShutdown, "The server is shutting down."));
        OpenChannel? open = null;
        try
        {
            var (hello, sizes) = await GreetAsync();
            open = await OpenAsync(hello, sizes);
            await ServeAsync(open, sizes);
            await CloseAsync(open, Left());
        }
        catch (OperationCanceledException) when (Volatile.Read(ref _abort) is { } abort)
        {
            _server.Logger.ConnectionEnded(Remote, abort.StatusCode, abort.Message);
            await CloseAsync(open, abort);
            await RefuseAsync(abort);
        }
        catch (UaException e)
        {
            if (e.StatusCode == StatusCodes.BadConnectionClosed) _server.Logger.ConnectionBroke(Remote, e);
            else _server.Logger.ConnectionEnded(Remote, e.StatusCode, e.InnerException?.Message ?? e.Message);
            await CloseAsync(open, e);
            await RefuseAsync(e);
        }
        catch (IOException e)
        {
            _server.Logger.ConnectionBroke(Remote, e);
            await CloseAsync(open, Left());
        }
        catch (Exception e)
        {
            _server.Logger.ConnectionFailed(Remote, e);
            var error = new UaException(StatusCodes.BadTcpInternalError, "The server failed.");
            await CloseAsync(open, error);
            await RefuseAsync(error);
        }
        finally
        {
            // The socket closes now, however long the requests under way take to stop.
            await _writer.CloseAsync();
            await _connection.Transport.Output.CompleteAsync();
            if (open is not null && await open.Requests.DrainAsync()) open.Dispose();
        }
    }

    /// <summary>Turns the client away before it has said anything.</summary>
    public Task RefuseAsync(StatusCode status, string reason) => RefuseAsync(new UaException(status, reason));

    /// <summary>Ends the connection with an ERR message, from any thread; the first reason counts.</summary>
    public void Abort(StatusCode status, string reason)
    {
        if (Interlocked.CompareExchange(ref _abort, new UaException(status, reason), null) is not null) return;
        _ = _closed.CancelAsync();
        _frames.Wake();
    }

    /// <summary>The channel has gained or lost its session, which changes how long it may be silent.</summary>
    public void DeadlineMoved() => _frames.Wake();

    public void Dispose()
    {
        _frames.Dispose();
        _writer.Dispose();
    }

    private async Task<(Hello Hello, TransportSizes Sizes)> GreetAsync()
    {
        var deadline = DeadlineIn(_server.Options.HelloTimeout, "The client sent no HEL message in time.");
        using var frame = await NextAsync(MessageTypes.Hello, TransportSizes.LeastBufferSize, deadline) ?? throw Left();
        var hello = ReadHello(frame);
        var answer = new Acknowledge(
            ProtocolVersion: 0,
            ReceiveBufferSize: Math.Min((uint)_server.Options.ReceiveBufferSize, hello.SendBufferSize),
            SendBufferSize: Math.Min((uint)_server.Options.SendBufferSize, hello.ReceiveBufferSize),
            MaxMessageSize: (uint)_server.Options.MaxMessageSize,
            MaxChunkCount: (uint)_server.Options.MaxChunkCount);
        await _writer.SendPlainAsync(MessageTypes.Acknowledge, answer, Closed);
        return (hello, TransportSizes.OfServer(hello, answer));
    }

    private static Hello ReadHello(Frame frame)
    {
        var hello = UaReader.FromBytes<Hello>(frame.Body);
        if (hello.ReceiveBufferSize < TransportSizes.LeastBufferSize || hello.SendBufferSize < TransportSizes.LeastBufferSize)
            throw new UaException(StatusCodes.BadConnectionRejected, $"Buffers must have at least {TransportSizes.LeastBufferSize} bytes.");
        if (System.Text.Encoding.UTF8.GetByteCount(hello.EndpointUrl ?? "") > Hello.MaxUrlLength)
            throw new UaException(StatusCodes.BadTcpEndpointUrlInvalid, $"The EndpointUrl is longer than {Hello.MaxUrlLength} bytes.");

        // Another host name or path than ours is no error: clients come through names that the server does not know.
        if (!Uri.TryCreate(hello.EndpointUrl, UriKind.Absolute, out _))
            throw new UaException(StatusCodes.BadTcpEndpointUrlInvalid, "The EndpointUrl is no URL.");
        return hello;
    }

    private ValueTask<Frame?> NextAsync(MessageTypes allowed, int maxSize, ReadDeadline deadline) =>
        _frames.ReadAsync(allowed, maxSize, () => Volatile.Read(ref _abort) is { } abort ? new(long.MinValue, abort.StatusCode, abort.Message) : deadline);

    private ReadDeadline DeadlineIn(TimeSpan span, string text) => new(TimestampIn(span), StatusCodes.BadTimeout, text);

    private long TimestampIn(TimeSpan span) => _server.Time.GetTimestamp() + (long)(span.TotalSeconds * _server.Time.TimestampFrequency);

    private static UaException Left() => new(StatusCodes.BadConnectionClosed, "The client closed the connection.");
}
