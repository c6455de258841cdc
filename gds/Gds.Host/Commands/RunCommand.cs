using System.CommandLine;
using Gds.Core.Starting;
using Gds.Host.Configuration;
using Gds.Host.Hosting;
using Gds.OpcUa.Hosting;
using Gds.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pki;

namespace Gds.Host.Commands;

/// <summary>gds run: the server.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Run the GDS. Makes everything that is missing at the first start.");
        Prepare(command);
        return command;
    }

    /// <summary>Makes a command run the server; the root command does so too.</summary>
    public static void Prepare(Command command)
    {
        var endpoint = new EndpointArguments();
        endpoint.AddTo(command);
        var passwordFile = new Option<FileInfo?>("--password-file")
        {
            Description = "Where the first start writes the password of the first administrator, for the owner only, instead of showing it: a service's output is kept.",
            HelpName = "FILE",
        };
        command.Options.Add(passwordFile);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.Folder(), endpoint.Of(parsed), parsed.GetValue(passwordFile), cancellationToken));
    }

    private static async Task<int> RunAsync(DataFolder folder, Action<GdsEndpointOptions> endpoint, FileInfo? passwordFile, CancellationToken cancellationToken)
    {
        folder.Create();
        using var held = FolderLock.TryTake(folder)
            ?? throw new CommandProblem(ExitCodes.NotReachable, $"Another process holds {folder}; a data folder belongs to one GDS.");
        await using var host = GdsHost.Build(new HostNeeds(folder, GdsConfiguration.Read(folder), Listens: true, endpoint));
        var report = await host.PrepareAsync(cancellationToken);
        folder.ProtectDatabase();
        await host.StartAsync(cancellationToken);
        await SayAsync(host, report, passwordFile, cancellationToken);
        DropWhatTheStartLeft();
        await host.WaitForStopAsync();
        return ExitCodes.Ok;
    }

    /// <summary>A quiet server would carry the garbage of its start for days.</summary>
    private static void DropWhatTheStartLeft() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static async Task SayAsync(GdsHost host, StartReport report, FileInfo? passwordFile, CancellationToken cancellationToken)
    {
        var address = host.Services.GetRequiredService<GdsAddress>();
        if (report.AdminPassword is not null)
        {
            Console.WriteLine($"Endpoint:                       {address.EndpointUrl}");
            Console.WriteLine($"Server certificate (SHA-256):   {address.CertificateSha256}");
            Console.WriteLine($"CA {report.AuthoritySubject} (SHA-256): {report.AuthoritySha256}");
            Console.WriteLine($"First administrator:            {report.AdminName}");
            if (passwordFile is null) Console.WriteLine($"Password (shown once):          {report.AdminPassword}");
            else
            {
                await AtomicFile.WriteTextAsync(passwordFile.FullName, report.AdminPassword + "\n", FileProtection.OwnerOnly, cancellationToken);
                Console.WriteLine($"Password:                       in {passwordFile.FullName}; delete the file when it was read");
            }

            await host.Services.GetRequiredService<GdsInitializer>().ConfirmAdminShownAsync(CancellationToken.None);
        }

        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gds");
        foreach (var warning in host.Services.GetRequiredService<IGdsStatus>().Warnings()) log.StartWarning(warning);
        Console.WriteLine($"GDS is ready at {address.EndpointUrl}");
        await Console.Out.FlushAsync(CancellationToken.None);
    }
}
