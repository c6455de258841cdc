using Microsoft.AspNetCore.Connections;
using Ua.Core;

namespace Ua.Transport;

/// <summary>
/// The client's end of a secure channel: many requests at once, answered in any order; the token is renewed by itself until
/// the channel is closed. Everything fails with <see cref="UaException"/>.
/// </summary>
public sealed partial class ClientChannel : IAsyncDisposable
{
    private readonly ClientChannelOptions _options;
    private readonly ConnectionContext _connection;
    private readonly FrameReader _frames;
    private readonly MessageWriter _writer;
    private readonly Handshake _handshake;
    private readonly SecureConversation _conversation;
    private readonly PendingRequests _pending = new();
    private readonly TaskCompletionSource<UaException> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Not disposed: it outlives the channel in the hands of those who wait, and holds nothing.
    private readonly CancellationTokenSource _stop = new();
    private TransportSizes _sizes = null!;
    private UaException? _failure;
    private Task _reading = Task.CompletedTask;
    private Task _renewing = Task.CompletedTask;

    private ClientChannel(ClientChannelOptions options, Handshake handshake, ConnectionContext connection)
    {
        _options = options;
        _handshake = handshake;
        _connection = connection;
        _frames = new FrameReader(connection.Transport.Input, options.Time, options.MessageTimeout);
        _writer = new MessageWriter(connection.Transport.Output, options.Time, options.SendTimeout);
        _conversation = new SecureConversation(options.Policy, options.Time);
    }

    public uint Id => _conversation.ChannelId;

    /// <summary>The token that requests are sent under now.</summary>
    internal uint TokenId => _conversation.Tokens.Sending.Id;

    public ClientChannelOptions Options => _options;

    /// <summary>The certificate bytes that the server sent in its OpenSecureChannel response; null under policy None.</summary>
    public byte[]? ServerCertificate { get; private set; }

    /// <summary>Done once the channel has ended, by either side or by an error, with the reason.</summary>
    public Task<UaException> Closed => _closed.Task;

    /// <summary>Connects and opens a channel.</summary>
    /// <exception cref="UaException">
    /// Bad_NotConnected where nobody listens, Bad_Timeout where the server is too slow, the server's own status where it refuses.
    /// </exception>
    public static async Task<ClientChannel> OpenAsync(ClientChannelOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        var handshake = new Handshake(options.Policy, options.Certificate, options.ServerCertificate);
        ClientChannel? channel = null;
        using var patience = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            channel = new ClientChannel(options, handshake, await ClientSocket.ConnectAsync(options.EndpointUrl, either.Token));
            await channel.StartAsync(either.Token);
            return channel;
        }
        catch (Exception e)
        {
            if (channel is null) handshake.Dispose();
            else await channel.EndAsync(e as UaException ?? new UaException(StatusCodes.BadNotConnected, "The channel did not open."));
            cancellationToken.ThrowIfCancellationRequested();
            if (patience.IsCancellationRequested)
                throw new UaException(StatusCodes.BadTimeout, $"{options.EndpointUrl} opened no channel within {options.ConnectTimeout.TotalSeconds} s.", e);
            if (e is IOException) throw new UaException(StatusCodes.BadConnectionClosed, "The server closed the connection.", e);
            throw;
        }
    }

    /// <summary>
    /// Sends a request and waits for its response. The channel fills in what is missing of its header: time stamp, handle
    /// and TimeoutHint. The wait ends after TimeoutHint with Bad_Timeout; a response that comes later is dropped.
    /// </summary>
    /// <exception cref="UaException">
    /// The service result where it is bad, Bad_RequestTooLarge where the server would not take the request, the reason of the
    /// channel's end where it has ended.
    /// </exception>
    public async Task<TResponse> SendAsync<TRequest, TResponse>(IServiceRequest<TRequest, TResponse> request, CancellationToken cancellationToken)
        where TRequest : IServiceRequest<TRequest, TResponse>
        where TResponse : IServiceResponse<TResponse>
    {
        var pending = new PendingRequest<TResponse>();
        var id = _pending.Add(pending);
        try
        {
            var header = Complete(request.Header, id);
            await TransmitAsync(MessageTypes.Message, id, request.With(header), cancellationToken);
            return await pending.Response.WaitAsync(TimeSpan.FromMilliseconds(Math.Min(header.TimeoutHint, int.MaxValue)), _options.Time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new UaException(StatusCodes.BadTimeout, $"{typeof(TRequest).Name} was not answered in time.", e);
        }
        finally
        {
            _pending.TryTake(id, out _);
        }
    }

    /// <summary>Says goodbye to the server and closes the connection. What still waits fails with Bad_SecureChannelClosed.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        if (!_closed.Task.IsCompleted) await SayGoodbyeAsync(cancellationToken);
        await EndAsync(new UaException(StatusCodes.BadSecureChannelClosed, "The channel was closed by this side."));
    }

    public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None);

    private RequestHeader Complete(RequestHeader header, uint id) => header with
    {
        Timestamp = header.Timestamp == DateTime.MinValue ? _options.Time.GetUtcNow().UtcDateTime : header.Timestamp,
        RequestHandle = header.RequestHandle == 0 ? id : header.RequestHandle,
        TimeoutHint = header.TimeoutHint == 0 ? (uint)_options.RequestTimeout.TotalMilliseconds : header.TimeoutHint,
    };

    private async Task TransmitAsync(MessageTypes type, uint id, IServiceMessage body, CancellationToken cancellationToken)
    {
        try
        {
            await _writer.SendAsync(_conversation, _sizes, type, id, body, int.MaxValue, cancellationToken);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadEncodingLimitsExceeded)
        {
            throw new UaException(StatusCodes.BadRequestTooLarge, "The request is larger than the server accepts.", e);
        }
        catch (IOException e)
        {
            throw Fail(new UaException(StatusCodes.BadConnectionClosed, "The connection broke.", e));
        }
    }

    private async Task SayGoodbyeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new CloseSecureChannelRequest(Complete(RequestHeader.Empty, 0));
            await TransmitAsync(MessageTypes.Close, _pending.NextId(), request, cancellationToken);
        }
        catch (UaException e)
        {
            _options.Logger.ConnectionBroke(_connection.RemoteEndPoint, e);
        }
    }
}
