using Ua.Core;
using Ua.Server.Sessions;
using Ua.Transport;

namespace Ua.Server.Services;

/// <summary>One request on its way through a service: where it came from, and what its answer begins with.</summary>
internal sealed class ServiceCall(IServerChannel channel, RequestHeader header, TimeProvider time)
{
    private Session? _session;

    public IServerChannel Channel { get; } = channel;

    public RequestHeader Header { get; } = header;

    /// <summary>When the request came in (UTC).</summary>
    public DateTime Received { get; } = time.GetUtcNow().UtcDateTime;

    /// <summary>The activated session; only for services that need one.</summary>
    public Session Session
    {
        get => _session ?? throw new InvalidOperationException("This service is called without a session.");
        init => _session = value;
    }

    public Session? SessionOrNull => _session;

    /// <summary>The user of the session as of the moment the request came in.</summary>
    public SessionContext Caller { get; init; } = SessionContexts.Nobody;

    public Diagnostics Diagnostics { get; } = new(header.ReturnDiagnostics);

    /// <summary>The header of a good response. Diagnostics of operations have to be written before, since it carries their texts.</summary>
    public ResponseHeader Good() => new(time.GetUtcNow().UtcDateTime, Header.RequestHandle, StatusCodes.Good, StringTable: Diagnostics.StringTable());
}
