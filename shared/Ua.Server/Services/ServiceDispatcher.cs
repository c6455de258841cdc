using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Ua.Core;
using Ua.Server.Sessions;
using Ua.Transport;

namespace Ua.Server.Services;

/// <summary>
/// The door from the channels to the services: finds the session, runs the service, and is the one place where a failure becomes
/// a ServiceFault (Part 4, 7.35).
/// </summary>
internal sealed class ServiceDispatcher : IServiceDispatcher
{
    private readonly FrozenDictionary<uint, ServiceRoute> _routes;
    private readonly SessionTable _sessions;
    private readonly ServerCounters _counters;
    private readonly AfterAnswers _afterAnswers;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public ServiceDispatcher(IEnumerable<IServiceSet> sets, SessionTable sessions, ServerCounters counters, AfterAnswers afterAnswers, TimeProvider time, ILogger<ServiceDispatcher> log)
    {
        _routes = sets.SelectMany(set => set.Routes).ToFrozenDictionary(route => route.RequestId);
        _sessions = sessions;
        _counters = counters;
        _afterAnswers = afterAnswers;
        _time = time;
        _log = log;
    }

    public async Task<IServiceResponse> DispatchAsync(IServerChannel channel, IServiceRequest request, CancellationToken cancellationToken)
    {
        ServiceCall? call = null;
        try
        {
            if (!_routes.TryGetValue(request.EncodingId, out var route))
                throw new UaException(StatusCodes.BadServiceUnsupported, $"This server does not answer a {request.GetType().Name}.");
            call = Enter(channel, request, route);
            call.SessionOrNull?.Counts.Asked(request.EncodingId);
            return route.MayTakeLong
                ? await RunLongAsync(route, request, call, cancellationToken).ConfigureAwait(false)
                : await route.Handler(request, call, cancellationToken).ConfigureAwait(false);
        }
        catch (UaException e)
        {
            _counters.RequestRejected(e.StatusCode);
            call?.SessionOrNull?.Counts.Failed(request.EncodingId, e.StatusCode);
            return Fault(request.Header, call, e.StatusCode, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fault(request.Header, call, StatusCodes.BadRequestInterrupted, "The channel was closed while the request was being answered.");
        }
        catch (Exception e)
        {
            Log.ServiceFailed(_log, e, request.GetType().Name);
            return Fault(request.Header, call, StatusCodes.BadInternalError, "The server failed to answer; its log says why.");
        }
    }

    public int MaxResponseSize(IServiceRequest request) => _sessions.TryFind(request.Header.AuthenticationToken)?.Identity.MaxResponseSize ?? int.MaxValue;

    public void Answered(IServiceResponse response) => _afterAnswers.Run(response);

    public void ChannelClosed(IServerChannel channel) => _sessions.ChannelClosed(channel);

    private ServiceCall Enter(IServerChannel channel, IServiceRequest request, ServiceRoute route)
    {
        if (!route.NeedsSession) return new ServiceCall(channel, request.Header, _time);
        var session = _sessions.Activated(request.Header.AuthenticationToken, channel);
        var caller = session.Context;
        if (request.Header.AuditEntryId is { Length: > 0 } entry) caller = caller with { AuditEntryId = entry };
        return new ServiceCall(channel, request.Header, _time) { Session = session, Caller = caller };
    }

    /// <summary>Runs a service that ends with its channel, its session, its timeout hint, or a Cancel.</summary>
    private async Task<IServiceResponse> RunLongAsync(ServiceRoute route, IServiceRequest request, ServiceCall call, CancellationToken cancellationToken)
    {
        var session = call.Session;
        var open = session.OpenRequests.Enter(request.Header.RequestHandle);
        using var timeout = request.Header.TimeoutHint > 0 && !route.MindsItsTimeout
            ? new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Min(request.Header.TimeoutHint, int.MaxValue)), _time)
            : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource([cancellationToken, open.Cancelled, session.Ended, timeout?.Token ?? CancellationToken.None]);
        try
        {
            return await route.Handler(request, call, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && stop.IsCancellationRequested)
        {
            if (open.Cancelled.IsCancellationRequested) throw new UaException(StatusCodes.BadRequestCancelledByClient, "The client has cancelled the request.");
            if (session.Ended.IsCancellationRequested) throw new UaException(StatusCodes.BadSessionClosed, "The session was closed while the request was being answered.");
            throw new UaException(StatusCodes.BadTimeout, $"The request took longer than the {request.Header.TimeoutHint} ms of its timeout hint.");
        }
        finally
        {
            session.OpenRequests.Leave(open);
        }
    }

    private ServiceFault Fault(RequestHeader header, ServiceCall? call, StatusCode status, string text)
    {
        var diagnostics = call?.Diagnostics ?? new Diagnostics(header.ReturnDiagnostics);
        var info = diagnostics.OfService(status, text);
        return new ServiceFault(new ResponseHeader(_time.GetUtcNow().UtcDateTime, header.RequestHandle, status, info, diagnostics.StringTable()));
    }
}
