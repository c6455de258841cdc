using Microsoft.Extensions.Logging;
using Ua.Core;

namespace Ua.Transport;

/// <summary>
/// The requests of one channel that wait for their answer. Each runs on its own and answers when it is done; when there are
/// too many, reading stops until one is.
/// </summary>
internal sealed class RequestsInFlight(
    ServerChannel channel,
    SecureConversation conversation,
    TransportSizes sizes,
    MessageWriter writer,
    IServiceDispatcher dispatcher,
    UaTcpOptions options,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _slots = new(options.MaxRequestsInFlight);

    /// <summary>Begins to answer; returns once there is a place for the request.</summary>
    /// <param name="requestId">The id to answer under.</param>
    /// <param name="decoded">The request, or why there is none.</param>
    /// <param name="disconnected">Ends the wait for a place, not the request.</param>
    public async ValueTask StartAsync(uint requestId, DecodedRequest decoded, CancellationToken disconnected)
    {
        if (!_slots.Wait(0, CancellationToken.None)) await WaitAsync(disconnected);
        _ = AnswerAsync(requestId, decoded, channel.Closed);
    }

    /// <summary>Waits for the requests under way, which were told to stop. False where one does not; it keeps what it uses.</summary>
    public async Task<bool> DrainAsync()
    {
        for (var drained = 0; drained < options.MaxRequestsInFlight; drained++)
        {
            if (await _slots.WaitAsync(s_patience, CancellationToken.None)) continue;
            logger.RequestsDoNotStop(channel.Id, options.MaxRequestsInFlight - drained);
            return false;
        }

        return true;
    }

    public void Dispose() => _slots.Dispose();

    private async Task WaitAsync(CancellationToken disconnected)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(channel.Closed, disconnected);
        await _slots.WaitAsync(either.Token);
    }

    /// <summary>Never throws: what cannot be answered any more ends the connection or ends with it.</summary>
    private async Task AnswerAsync(uint requestId, DecodedRequest decoded, CancellationToken closed)
    {
        IServiceResponse? response = null;
        try
        {
            response = await ServeAsync(decoded, closed);
            if (closed.IsCancellationRequested) return;
            await SendAsync(requestId, decoded.Request, response);
        }
        catch (UaException e)
        {
            channel.Abort(e.StatusCode, e.Message);
        }
        catch (IOException)
        {
            channel.Abort(StatusCodes.BadConnectionClosed, "The connection broke.");
        }
        catch (Exception e)
        {
            logger.RequestFailed(decoded.Request?.GetType().Name ?? "A response", channel.Id, e);
            channel.Abort(StatusCodes.BadInternalError, "The server failed to answer.");
        }
        finally
        {
            if (response is not null) dispatcher.Answered(response);
            _slots.Release();
        }
    }

    private async ValueTask<IServiceResponse> ServeAsync(DecodedRequest decoded, CancellationToken closed)
    {
        if (decoded.Request is not { } request) return decoded.FaultAt(Now);
        try
        {
            return request is OpenSecureChannelRequest or CloseSecureChannelRequest
                ? Fault(request, new UaException(StatusCodes.BadServiceUnsupported, "This service has message types of its own."))
                : await dispatcher.DispatchAsync(channel, request, closed);
        }
        catch (UaException e)
        {
            return Fault(request, e);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            return Fault(request, new UaException(StatusCodes.BadSecureChannelClosed, "The channel was closed."));
        }
        catch (Exception e)
        {
            logger.RequestFailed(request.GetType().Name, channel.Id, e);
            return Fault(request, new UaException(StatusCodes.BadInternalError, "The server failed to answer."));
        }
    }

    private async Task SendAsync(uint requestId, IServiceRequest? request, IServiceResponse response)
    {
        var longest = request is null ? options.MaxResponseSize : Math.Min(options.MaxResponseSize, dispatcher.MaxResponseSize(request));
        try
        {
            await writer.SendAsync(conversation, sizes, MessageTypes.Message, requestId, response, longest, CancellationToken.None);
        }
        catch (UaException e) when (e.StatusCode == StatusCodes.BadEncodingLimitsExceeded || e.StatusCode == StatusCodes.BadEncodingError)
        {
            var error = e.StatusCode == StatusCodes.BadEncodingError
                ? e
                : new UaException(StatusCodes.BadResponseTooLarge, "The response is larger than the client accepts or the server sends.");
            var fault = ServiceFault.Of(error, response.Header.RequestHandle, Now);
            await writer.SendAsync(conversation, sizes, MessageTypes.Message, requestId, fault, options.MaxResponseSize, CancellationToken.None);
        }
    }

    private ServiceFault Fault(IServiceRequest request, UaException error) => ServiceFault.Of(error, request.Header.RequestHandle, Now);

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
