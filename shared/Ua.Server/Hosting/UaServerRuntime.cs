using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ua.Security.Certificates;
using Ua.Server.Conditions;
using Ua.Server.Nodes;
using Ua.Server.ServerObject;
using Ua.Server.Services;
using Ua.Server.Sessions;

namespace Ua.Server.Hosting;

/// <summary>
/// Brings the server up before its endpoints listen and down after they have stopped: builds the address space, sweeps sessions
/// that are over, and tells clients of the end.
/// </summary>
internal sealed class UaServerRuntime(
    AddressSpace space,
    UaServerOptions options,
    IApplicationIdentitySource identity,
    EndpointCatalog endpoints,
    ServerObjectNodes serverObject,
    ServerMethods serverMethods,
    RoleSetNodes roleSet,
    ConditionMethods conditionMethods,
    ConditionRefreshing conditionRefreshing,
    ServerState state,
    SessionTable sessions,
    IEnumerable<INodeSetContributor> contributors,
    TimeProvider time,
    ILogger<UaServerRuntime> log) : IHostedLifecycleService
{
    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromSeconds(1);

    private ITimer? _sweep;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var parts = contributors.ToList();
        UnusedStandardNodes.RemoveFrom(space, parts.SelectMany(p => p.Claims).ToHashSet());
        foreach (var part in parts) await part.ContributeAsync(space, cancellationToken).ConfigureAwait(false);
        serverObject.Attach();
        serverMethods.Attach();
        roleSet.Attach();
        conditionMethods.Attach();
        conditionRefreshing.Attach();
        if (identity.Current.ApplicationUri != options.ApplicationUri) Log.ApplicationUriDiffers(log, options.ApplicationUri, identity.Current.ApplicationUri);
        Log.AddressSpaceReady(log, space.Count, space.Namespaces.Uris.Length);
        _sweep = time.CreateTimer(_ => sessions.Sweep(), null, s_sweepInterval, s_sweepInterval);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in endpoints.Endpoints)
        {
            Log.Listening(log, $"opc.tcp://{(endpoint.Host.Contains(':', StringComparison.Ordinal) ? $"[{endpoint.Host}]" : endpoint.Host)}:{endpoint.Port}{endpoint.Path}", string.Join(", ", endpoint.SessionOffers.Select(o => $"{o.Policy.Name}/{o.Mode}")));
            if (endpoint.Options.AllowNone) Log.AllowsNone(log, endpoint.Options.Url);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        state.Stopping(TimeSpan.Zero);
        foreach (var session in sessions.All) sessions.Close(session, SessionEnd.ServerStopped);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_sweep is not null) await _sweep.DisposeAsync().ConfigureAwait(false);
    }
}
