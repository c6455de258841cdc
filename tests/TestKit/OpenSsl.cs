using System.ComponentModel;
using System.Diagnostics;

namespace TestKit;

/// <summary>What a run of openssl said.</summary>
public sealed record OpenSslResult(int ExitCode, string Output, string Error)
{
    public string Text => Output + Error;
}

/// <summary>The openssl command: the independent judge of everything that is signed here.</summary>
public static class OpenSsl
{
    /// <summary>Runs and expects success; gives standard output and standard error together.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryRunAsync(arguments);
        return result.ExitCode == 0
            ? result.Text
            : throw new InvalidOperationException($"openssl {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Text}");
    }

    /// <summary>Runs and gives whatever came out.</summary>
    public static async Task<OpenSslResult> TryRunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new OpenSslResult(process.ExitCode, await output, await error);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("The program 'openssl' is needed by this test and is not on the PATH: install it (Debian: apt-get install openssl).", e);
        }
    }
}
