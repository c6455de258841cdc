using System.CommandLine;
using System.Text.Json;
using Gds.Core.Groups;
using Gds.Core.Starting;
using Gds.Host.Configuration;
using Gds.Host.Hosting;
using Gds.Host.Output;
using Gds.OpcUa.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Pki;

namespace Gds.Host.Commands;

/// <summary>gds init: makes the data folder and all that is in it, without listening.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var command = new Command("init", "Make data folder, database, certificates and CA without starting the server. Does nothing twice.");
        var endpoint = new EndpointArguments();
        endpoint.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var made = await InitAsync(parsed.Folder(), endpoint.Of(parsed), endpoint.AreGiven(parsed), cancellationToken);
            if (parsed.WantsJson()) JsonOut.Write(made, HostJson.Pretty.InitJson);
            else Say(made);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<InitJson> InitAsync(DataFolder folder, Action<GdsEndpointOptions> endpoint, bool keepEndpoint, CancellationToken cancellationToken)
    {
        folder.Create();
        using var held = FolderLock.TryTake(folder)
            ?? throw new CommandProblem(ExitCodes.NotReachable, $"Another process holds {folder}; it has been initialised.");
        await using var host = GdsHost.Build(new HostNeeds(folder, GdsConfiguration.Read(folder), Listens: false, endpoint));
        var report = await host.PrepareAsync(cancellationToken);
        folder.ProtectDatabase();
        if (keepEndpoint && !File.Exists(folder.Configuration)) await KeepAsync(folder, host.Services.GetRequiredService<GdsEndpointOptions>(), cancellationToken);
        var address = host.Services.GetRequiredService<GdsAddress>();
        var authority = host.Services.GetRequiredService<CertificateGroups>().Get(CertificateGroups.Default).Authorities[0];
        var administrator = report.AdminPassword is null ? null : new AdministratorJson(report.AdminName!, report.AdminPassword);
        if (administrator is not null) await host.Services.GetRequiredService<GdsInitializer>().ConfirmAdminShownAsync(cancellationToken);
        return new InitJson(folder.Root, address.EndpointUrl, authority.Sha256, authority.Thumbprint, address.CertificateSha256, administrator);
    }

    /// <summary>What was said once holds for every later start, and for the commands.</summary>
    private static Task KeepAsync(DataFolder folder, GdsEndpointOptions endpoint, CancellationToken cancellationToken)
    {
        var kept = new FirstConfigurationJson(new FirstEndpointJson(endpoint.Port, endpoint.Listen, endpoint.HostNames));
        var text = JsonSerializer.Serialize(kept, ConfigurationJson.Default.FirstConfigurationJson);
        return AtomicFile.WriteTextAsync(folder.Configuration, text + "\n", FileProtection.Default, cancellationToken);
    }

    private static void Say(InitJson made)
    {
        Console.WriteLine($"Data folder:                   {made.DataFolder}");
        Console.WriteLine($"Endpoint:                      {made.Endpoint}");
        Console.WriteLine($"CA certificate (SHA-256):      {made.CaFingerprint}");
        Console.WriteLine($"Server certificate (SHA-256):  {made.ServerCertificateFingerprint}");
        if (made.Administrator is not { } first) return;
        Console.WriteLine($"First administrator:           {first.Name}");
        Console.WriteLine($"Password (shown once):         {first.Password}");
    }
}
