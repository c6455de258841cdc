using Gds.Core.Sync;
using Gds.OpcUa.Identity;
using Microsoft.Extensions.Hosting;
using Ua.Server.Sessions;

namespace Gds.OpcUa.Agents;

/// <summary>An agent that listens opens a session once and keeps it: as long as it does, it and all that it administers count as heard of.</summary>
internal sealed class SessionsAlive(UaServerSessions sessions, SyncRegister register, Callers callers, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (var session in sessions.Activated) register.Heard(callers.Of(session));
        }
    }
}
