using System.Threading.Channels;
using GatewayAgent.Configuration;
using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.ServerConfiguration;
using Ua.Server.Sessions;

namespace GatewayAgent.Endpoint;

/// <summary>Keeps what the endpoint shows of the gateways and of the agent itself in step with agent.json and with the enrolment while the agent runs.</summary>
internal sealed class PushedApplications(
    Fleet fleet, StateStore state, FolderInstall install, AgentRoles roles, AgentItself self, IManagedApplications shown, UaServerSessions sessions, TimeProvider time, ILogger<PushedApplications> logger) : BackgroundService
{
    /// <summary>Wait before what could not be shown is tried again.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (string Name, PushedApplication Application)> _gateways = new(StringComparer.Ordinal);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        fleet.Changed += Look;
        state.EnrolmentChanged += Look;
        await using var again = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            Look();
            await foreach (var _ in _changes.Reader.ReadAllAsync(stoppingToken))
            {
                if (!await FollowAsync(stoppingToken)) again.Change(s_again, Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            fleet.Changed -= Look;
            state.EnrolmentChanged -= Look;
        }
    }

    private void Look() => _changes.Writer.TryWrite(true);

    /// <returns>False where something could not be brought in step.</returns>
    private async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
            if (roles.Know(configuration, await state.ReadEnrolmentAsync(cancellationToken))) SignOut();
            if (agent is not null) self.Group.Application = agent;
            foreach (var (uri, (name, gateway)) in _gateways.Where(g => managed.All(m => m.ApplicationUri != g.Key || m.Name != g.Value.Name)).ToList()) Hide(uri, name, gateway);
            var isWhole = true;
            foreach (var application in managed) isWhole &= await TryShowAsync(application, cancellationToken);
            return isWhole;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.GatewaysNotShown(logger, e);
            return false;
        }
    }

    /// <summary>One gateway that cannot be shown keeps no other one back.</summary>
    private async Task<bool> TryShowAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        try
        {
            await ShowAsync(application, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.GatewayNotShown(logger, e, application.Name);
            return false;
        }
    }

    /// <summary>Rights are given at sign-in: who still has them comes back with them.</summary>
    private void SignOut()
    {
        var ended = sessions.Close(c => c.User.Kind == UserIdentityKind.Anonymous && c.Roles.Contains(WellKnownRoles.SecurityAdmin));
        if (ended > 0) Log.AdministratorsSignedOut(logger, ended);
    }

    private async Task ShowAsync(ManagedApplication application, CancellationToken cancellationToken)
    {
        if (_gateways.TryGetValue(application.ApplicationUri, out var known))
        {
            known.Application.Application = application;
            return;
        }

        var gateway = new PushedApplication(application, fleet, install);
        await shown.AddAsync(application.Name, gateway, cancellationToken);
        _gateways.Add(application.ApplicationUri, (application.Name, gateway));
        Log.GatewayShown(logger, application.Name);
    }

    private void Hide(string uri, string name, PushedApplication gateway)
    {
        shown.Remove(gateway);
        _gateways.Remove(uri);
        Log.GatewayHidden(logger, name);
    }
}
