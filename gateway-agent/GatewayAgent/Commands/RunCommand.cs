using System.CommandLine;
using GatewayAgent.Configuration;
using GatewayAgent.Endpoint;
using GatewayAgent.Local;
using GatewayAgent.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Commands;

/// <summary>run: the agent as a service, until it is stopped.</summary>
internal static class RunCommand
{
    public static Command Create(CommandSetting setting)
    {
        var command = new Command("run", "Runs the agent: refreshes the gateways again and again, and opens the local door for the other commands.");
        command.SetAction((parsed, cancellationToken) => setting.GuardAsync(async () =>
        {
            var data = setting.FolderOf(parsed);
            data.Create();
            using var held = AgentLock.TryTake(data) ?? throw new AgentProblem(ProblemKind.Refused, $"An agent runs on '{data.Root}' already.");
            var configuration = await new ConfigurationFile(data.ConfigurationFile).ReadAsync(cancellationToken);
            await using var app = await BuildAsync(data, configuration, cancellationToken);
            app.Services.GetRequiredService<StateStore>().RemoveLeftovers();
            await app.StartAsync(cancellationToken);
            LocalDoor.Narrow(data);
            Log.Started(app.Logger, data.Root, configuration.Applications.Count);
            Log.DoorOpen(app.Logger, LocalDoor.NameOf(data));
            await setting.Output.WriteLineAsync($"ready: the gateway agent runs on {data.Root}");
            await setting.Output.FlushAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }));
        return command;
    }

    private static async Task<WebApplication> BuildAsync(DataFolder data, AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = data.Root, ApplicationName = "gateway-agent" });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.Services.AddSystemd().AddWindowsService(o => o.ServiceName = "gateway-agent");
        builder.Services.AddGatewayAgent(data).AddRefreshLoop();
        builder.Services.ConfigureHttpJsonOptions(o => LocalJson.Configure(o.SerializerOptions));
        LocalDoor.Open(builder.WebHost, data);
        var name = configuration.Endpoint is { } endpoint ? await AddEndpointAsync(endpoint) : null;
        var app = builder.Build();
        LocalApi.Map(app);
        if (name is not null) await app.Services.GetRequiredService<AgentItself>().OpenAsync(name, cancellationToken);
        return app;

        async Task<AgentName> AddEndpointAsync(EndpointConfiguration endpoint)
        {
            using var state = new StateStore(data);
            var known = await state.EnsureNameAsync(cancellationToken);
            builder.Services.AddAgentEndpoint(data, configuration, endpoint, known);
            return known;
        }
    }
}
