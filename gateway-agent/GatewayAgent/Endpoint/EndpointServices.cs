using GatewayAgent.Configuration;
using GatewayAgent.Gds;
using GatewayAgent.State;
using Microsoft.Extensions.DependencyInjection;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Conditions;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.ServerConfiguration;
using Ua.Transport;

namespace GatewayAgent.Endpoint;

/// <summary>Registers the agent's own OPC UA endpoint. The agent's trust folder decides who may connect, beside the GDS of the enrolment, and is what the agent serves itself with.</summary>
internal static class EndpointServices
{
    private const int MostConnections = 100, MostSessions = 50, MostSessionsPerClient = 10;

    /// <summary>Call <see cref="AgentItself.OpenAsync"/> before the host is started.</summary>
    public static IServiceCollection AddAgentEndpoint(this IServiceCollection services, DataFolder data, AgentConfiguration configuration, EndpointConfiguration endpoint, AgentName name)
    {
        services.AddSingleton(sp => sp.GetRequiredService<OwnIdentity>().Folder);
        services.AddSingleton(sp => sp.GetRequiredService<OwnIdentity>().Prepare(name.ApplicationName, name.ApplicationUri, configuration.Organization, endpoint.HostNames ?? []));
        services.Configure<CertificateValidationOptions>(o => o.ClockSkew = configuration.ClockSkew);
        services.AddSingleton<ITrustListSource>(sp => new CompositeTrustLists(sp.GetRequiredService<OwnIdentity>().Folder, sp.GetRequiredService<AgentRoles>().Gds));
        services.AddUaSecurity();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<IUserValidator, AgentUsers>();
        services.AddSingleton<AgentRoles>();
        services.AddSingleton<IRoleMapper>(sp => sp.GetRequiredService<AgentRoles>());
        services.AddSingleton(new UaTcpOptions { MaxConnections = MostConnections, MaxChannels = MostConnections });
        services.AddSingleton<IConditionStore>(sp => new ConditionFile(sp.GetRequiredService<DataFolder>().Alarms));
        services.AddUaServer(server => Describe(server, endpoint, name));
        services.AddServerConfiguration(o => (o.StateFolder, o.ShowManagedApplications, o.AllowApplicationSetup) = (data.Pushed, true, true));
        services.AddSingleton<AgentItself>();
        services.AddSingleton<IServerCertificateGroup>(sp => sp.GetRequiredService<AgentItself>().Group);
        services.AddHostedService<PushedApplications>();
        return services;
    }

    private static void Describe(UaServerOptions server, EndpointConfiguration endpoint, AgentName name)
    {
        server.ApplicationName = name.ApplicationName;
        server.ApplicationUri = name.ApplicationUri;
        server.ApplicationType = ApplicationType.ClientAndServer;
        server.ProductUri = OwnIdentity.ProductUri;
        server.ProductName = "GdsSuite gateway agent";
        server.ManufacturerName = "GdsSuite";
        server.SoftwareVersion = typeof(EndpointServices).Assembly.GetName().Version?.ToString(3) ?? "";
        server.Sessions = server.Sessions with { MaxSessions = MostSessions, MaxSessionsPerClient = MostSessionsPerClient };
        var listen = new UaEndpointOptions { Url = endpoint.ListenUrl() };
        foreach (var url in endpoint.NamedUrls()) listen.AlternateUrls.Add(url);
        listen.SecurityModes.Remove(MessageSecurityMode.Sign);
        server.Endpoints.Add(listen);
    }
}
