using System.ComponentModel;
using System.Diagnostics;
using GatewayAgent.Configuration;
using Microsoft.Extensions.Logging;
using Ua.Security.Certificates;

namespace GatewayAgent.Reload;

/// <summary>Tells a gateway that its trust folder has changed, in the way its configuration names.</summary>
internal sealed class GatewayReload(TimeProvider time, ILogger<GatewayReload> logger)
{
    private const int LongestOutput = 2_000;

    /// <exception cref="AgentProblem">The action did not succeed.</exception>
    public async Task RunAsync(ApplicationConfiguration application, CancellationToken cancellationToken)
    {
        var reload = application.Reload;
        switch (reload.Kind)
        {
            case ReloadKind.Touch:
                Touch(application);
                return;
            case ReloadKind.Command:
                await RunAsync(application.Name, reload.Program!, reload.Arguments, reload.Timeout, cancellationToken);
                return;
            case ReloadKind.Service:
                await RestartAsync(application.Name, reload.Service!, reload.Timeout, cancellationToken);
                return;
            case ReloadKind.None:
            default:
                return;
        }
    }

    private void Touch(ApplicationConfiguration application)
    {
        foreach (var path in application.Reload.Path is { } set ? [set] : application.Stores().Select(WatchedIn))
        {
            try
            {
                var now = time.GetUtcNow().UtcDateTime;
                if (Directory.Exists(path)) Directory.SetLastWriteTimeUtc(path, now);
                else File.SetLastWriteTimeUtc(path, now);
                Log.Touched(logger, application.Name, path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new AgentProblem(ProblemKind.NoAccess, $"'{path}' could not be touched to make {application.Name} reload: {e.Message}", e);
            }
        }
    }

    private static string WatchedIn(StorePlace place)
    {
        var layout = place.Layout.At(place.Path);
        return layout.Touch is { } touch ? Path.Combine([place.Path, .. touch.Split('/')]) : new TrustFolderPaths(place.Path, layout).TrustedCertificates;
    }

    private Task RestartAsync(string name, string service, TimeSpan timeout, CancellationToken cancellationToken) => OperatingSystem.IsWindows()
        ? RunAsync(name, "powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", $"Restart-Service -Name '{service.Replace("'", "''", StringComparison.Ordinal)}' -ErrorAction Stop"], timeout, cancellationToken)
        : RunAsync(name, "systemctl", ["restart", "--", service], timeout, cancellationToken);

    private async Task RunAsync(string name, string program, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Log.Reloading(logger, name, program);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = new CancellationTokenSource(timeout, time);
        await using var link = timer.Token.Register(() => limit.Cancel());
        using var process = Start(name, program, arguments);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var said = $"{await output}{await error}".Trim();
            if (process.ExitCode != 0)
                throw new AgentProblem(ProblemKind.Refused, $"The reload of {name} failed: '{program}' ended with {process.ExitCode}: {said[..Math.Min(said.Length, LongestOutput)]}");
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            if (cancellationToken.IsCancellationRequested) throw;
            throw new AgentProblem(ProblemKind.Refused, $"The reload of {name} failed: '{program}' did not end within {timeout.TotalSeconds:0} s and was stopped.", e);
        }
    }

    private static Process Start(string name, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new AgentProblem(ProblemKind.Refused, $"The reload of {name} failed: '{program}' could not be started: {e.Message}", e);
        }
    }
}
