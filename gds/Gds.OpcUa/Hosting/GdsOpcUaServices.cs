using Gds.Core;
using Gds.Core.TrustLists;
using Gds.Core.Users;
using Gds.OpcUa.Agents;
using Gds.OpcUa.Events;
using Gds.OpcUa.Identity;
using Gds.OpcUa.Methods;
using Gds.OpcUa.TrustListFiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.Conditions;
using Ua.Server.Hosting;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.ServerConfiguration;
using Ua.Server.Sessions;
using Ua.Transport;

namespace Gds.OpcUa.Hosting;

/// <summary>Adds the OPC UA face of the GDS: endpoint, directory, trust list files, events, users.</summary>
public static class GdsOpcUaServices
{
    /// <summary>Connections of whoever has no session (yet): what they can take of the memory stays small, however large the fleet.</summary>
    private const int MostStrangers = 2_000;

    private const int SubscriptionsPerSession = 2;

    /// <summary>Call <see cref="OpenIdentityAsync"/> before the host is started.</summary>
    /// <param name="services">The services of a host that also has AddGdsCore.</param>
    /// <param name="trustFolder">Folder of the GDS' own certificate and of what it trusts besides its CA (Annex F.1).</param>
    /// <param name="userFolder">Folder with the certificates of users, each in a file called like the user.</param>
    /// <param name="alarmFile">What people said about alarms, kept over a restart.</param>
    public static IServiceCollection AddGdsOpcUa(this IServiceCollection services, string trustFolder, string userFolder, string alarmFile)
    {
        services.AddSingleton<IConditionStore>(_ => new ConditionFile(alarmFile));
        services.AddGdsIdentity(trustFolder);
        AddServer(services);
        AddDirectory(services);
        AddMethods(services);
        services.AddSingleton<IUserCertificateValidator>(p => new UserCertificates(
            userFolder, p.GetRequiredService<SignIn>(), p.GetRequiredService<Callers>(), p.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Adds only the own certificate and address, for a process that does not listen. Options come from the section "Endpoint".</summary>
    public static IServiceCollection AddGdsIdentity(this IServiceCollection services, string trustFolder)
    {
        services.AddOptions<GdsEndpointOptions>().BindConfiguration(GdsEndpointOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GdsEndpointOptions>, Validation>();
        services.AddSingleton(p => p.GetRequiredService<IOptions<GdsEndpointOptions>>().Value);
        services.AddSingleton(p => new GdsAddress(p.GetRequiredService<GdsEndpointOptions>(), p.GetService<UaServerEndpoints>(), p.GetRequiredService<IApplicationIdentitySource>()));
        AddIdentity(services, trustFolder);
        return services;
    }

    /// <summary>Opens the GDS' own certificate, or makes it, so that everything after knows who the GDS is.</summary>
    public static async Task OpenIdentityAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var folder = services.GetRequiredService<TrustFolder>();
        folder.CreateDirectories();
        await new TrustFolderUpdate(folder, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<TrustFolderUpdate>>()).RecoverAsync(cancellationToken);
        await services.GetRequiredService<FolderApplicationIdentity>().OpenAsync(cancellationToken);
    }

    private static void AddIdentity(IServiceCollection services, string trustFolder)
    {
        services.Configure<TrustFolderOptions>(folder => folder.Path = trustFolder);
        services.AddOptions<ApplicationIdentityOptions>().Configure<IOptions<GdsEndpointOptions>>((identity, endpoint) =>
        {
            identity.ApplicationName = endpoint.Value.ApplicationName;
            identity.ProductName = "gds";
            identity.ApplicationUri = string.IsNullOrEmpty(endpoint.Value.ApplicationUri) ? null : endpoint.Value.ApplicationUri;
            foreach (var name in endpoint.Value.HostNames) identity.HostNames.Add(name);
        });
        services.AddOptions<CertificateValidationOptions>().Configure<IOptions<GdsEndpointOptions>>((validation, endpoint) =>
        {
            validation.FirstContact = endpoint.Value.FirstContact;
            validation.ClockSkew = TimeSpan.FromSeconds(endpoint.Value.ClockSkewSeconds);
        });
        services.AddSingleton<CoreTrust>();
        services.AddSingleton<ITrustListSource>(p => new CompositeTrustLists(p.GetRequiredService<CoreTrust>(), p.GetRequiredService<TrustFolder>()));
        services.AddUaSecurity();
    }

    private static void AddServer(IServiceCollection services)
    {
        services.AddUaServer(static server =>
        {
            server.ProductUri = "urn:gdssuite:gds";
            server.ProductName = "GdsSuite GDS";
            server.ManufacturerName = "GdsSuite";
            server.SoftwareVersion = typeof(GdsOpcUaServices).Assembly.GetName().Version?.ToString(3) ?? "";
            server.ServerProfiles.Add("http://opcfoundation.org/UA-Profile/Server/GlobalDiscoveryAndCertificateManagement");
        });
        services.AddServerConfiguration(static configuration => configuration.ServerCapabilities.Add("GDS"));
        services.AddOptions<UaServerOptions>().Configure<GdsEndpointOptions, IApplicationIdentitySource>((server, endpoint, identity) =>
        {
            server.ApplicationName = endpoint.ApplicationName;
            server.ApplicationUri = identity.Current.ApplicationUri;
            server.Sessions = server.Sessions with
            {
                MaxSessions = endpoint.MaxSessions,
                MaxSessionsPerClient = endpoint.MaxSessionsPerClient,
                MaxSessionTimeout = TimeSpan.FromMinutes(endpoint.MaxSessionMinutes),
            };
            server.Subscriptions = server.Subscriptions with { MaxSubscriptions = endpoint.MaxSessions * SubscriptionsPerSession };
            var listen = new UaEndpointOptions { Url = endpoint.ListenUrl };
            foreach (var url in endpoint.NamedUrls) listen.AlternateUrls.Add(url);
            listen.UserTokens.Add(UserTokenType.Certificate);
            server.Endpoints.Add(listen);
        });
        services.AddSingleton(p => TransportOf(p.GetRequiredService<GdsEndpointOptions>()));
        services.AddHostedService<DiscoveryRegistration>();
    }

    private static UaTcpOptions TransportOf(GdsEndpointOptions endpoint) =>
        new()
        {
            MaxConnections = endpoint.MaxConnections,
            MaxChannels = endpoint.MaxConnections,
            MaxConnectionsWithoutSession = Math.Min(endpoint.MaxConnections, MostStrangers),
        };

    private static void AddDirectory(IServiceCollection services)
    {
        services.AddSingleton(p => new GdsNamespace(p.GetRequiredService<AddressSpace>()));
        services.AddSingleton<GroupNodes>();
        services.AddSingleton<EnrolmentGrants>();
        services.AddSingleton<Callers>();
        services.AddSingleton<IUserValidator, GdsUsers>();
        services.AddSingleton<EventClaims>();
        services.AddSingleton<RequestSubjects>();
        services.AddSingleton<RequestNews>();
        services.AddSingleton<DirectoryAudit>();
        services.AddSingleton<CertificateAudit>();
        services.AddSingleton<TrustListBytes>();
        services.AddSingleton<TrustListNodes>();
        services.AddSingleton<DirectoryAlarms>();
        services.AddSingleton<INodeSetContributor, DirectoryNodes>();
        services.AddHostedService<OtherDoors>();
        services.AddSingleton<ReportState>();
        services.AddSingleton<ReportFindings>();
        services.AddSingleton<INodeSetContributor, AgentNodes>();
        services.AddSingleton<ISessionObserver, SessionContacts>();
        services.AddHostedService<SessionsAlive>();
    }

    private static void AddMethods(IServiceCollection services)
    {
        services.AddSingleton<IDirectoryMethod, FindApplications>();
        services.AddSingleton<IDirectoryMethod, GetApplication>();
        services.AddSingleton<IDirectoryMethod, RegisterApplication>();
        services.AddSingleton<IDirectoryMethod, UpdateApplication>();
        services.AddSingleton<IDirectoryMethod, UnregisterApplication>();
        services.AddSingleton<IDirectoryMethod, QueryApplications>();
        services.AddSingleton<IDirectoryMethod, QueryServers>();
        services.AddSingleton<IDirectoryMethod, StartSigningRequest>();
        services.AddSingleton<IDirectoryMethod, StartNewKeyPairRequest>();
        services.AddSingleton<IDirectoryMethod, FinishRequest>();
        services.AddSingleton<IDirectoryMethod, RevokeCertificate>();
        services.AddSingleton<IDirectoryMethod, GetCertificateGroups>();
        services.AddSingleton<IDirectoryMethod, GetCertificates>();
        services.AddSingleton<IDirectoryMethod, GetTrustList>();
        services.AddSingleton<IDirectoryMethod, GetCertificateStatus>();
        services.AddSingleton<IDirectoryMethod, CheckRevocationStatus>();
    }

    private sealed class Validation : IValidateOptions<GdsEndpointOptions>
    {
        public ValidateOptionsResult Validate(string? name, GdsEndpointOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
