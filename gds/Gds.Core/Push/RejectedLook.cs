using Gds.Core.State;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;
using Ua.Gds;

namespace Gds.Core.Push;

/// <summary>
/// Reads what the push targets refused while nothing else takes the GDS to them: one session each, nothing is changed there
/// and no run is stored.
/// </summary>
public sealed class RejectedLook
{
    private readonly IDbContextFactory<GdsDbContext> _factory;
    private readonly LiveState _live;
    private readonly PushDoor _door;
    private readonly PushReports _reports;
    private readonly PushOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RejectedLook> _log;

    internal RejectedLook(
        IDbContextFactory<GdsDbContext> factory, LiveState live, PushDoor door, PushReports reports, PushOptions options, TimeProvider time, ILogger<RejectedLook> log)
        => (_factory, _live, _door, _reports, _options, _time, _log) = (factory, live, door, reports, options, time, log);

    /// <summary>Looks at every target; one that cannot be reached is left to the next look.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await _factory.CreateDbContextAsync(cancellationToken);
        var targets = await db.PushTargets.AsNoTracking().ToListAsync(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(targets, parallel, async (target, ct) =>
        {
            try
            {
                await LookAsync(target, ct);
            }
            catch (Exception e) when (e is UaException or GdsProblem or PkiException or ArgumentException)
            {
                _log.RejectedNotRead(target.EndpointUrl, e.Message);
            }
        });
    }

    private async Task LookAsync(PushTarget target, CancellationToken cancellationToken)
    {
        if (_live.Current.Directory.Find(target.ApplicationId) is not { } application) return;
        await using var connection = new PushConnection(_door, target, application.ApplicationUri, _options, _time);
        await connection.OpenAsync(cancellationToken);
        await ReadAsync(connection, ServerConfigurationIds.ServerConfiguration, application.Id, cancellationToken);
        foreach (var entry in await ServerConfigurationClient.BrowseManagedApplicationsAsync(connection.Session, cancellationToken))
        {
            var configuration = await ServerConfigurationClient.OpenAsync(connection.Session, entry.NodeId, cancellationToken);
            var uri = (await configuration.ReadPropertiesAsync(cancellationToken)).ApplicationUri;
            var state = _live.Current;
            if (uri is not { Length: > 0 } || state.Directory.Find(uri) is not { } managed || !state.Grants.Has(target.ApplicationId, managed.Id)) continue;
            await ReadAsync(connection, entry.NodeId, managed.Id, cancellationToken);
        }
    }

    /// <summary>Not every application tells what it refused; the others of the target may.</summary>
    private async Task ReadAsync(PushConnection connection, NodeId configurationId, Guid applicationId, CancellationToken cancellationToken)
    {
        try
        {
            var configuration = await ServerConfigurationClient.OpenAsync(connection.Session, configurationId, cancellationToken);
            await _reports.RejectedAsync(applicationId, await configuration.GetRejectedListAsync(cancellationToken), cancellationToken);
        }
        catch (UaException e) when (connection.IsOpen)
        {
            _log.RejectedNotRead($"{connection.Session.Endpoint?.EndpointUrl} ({applicationId})", e.Message);
        }
    }
}
