using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TestKit;

namespace Gds.Host.Tests;

/// <summary>What a run of the program gave.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>The built program with a data folder of its own.</summary>
internal sealed class GdsProcess : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Data => _folder.File("data");

    public string File(params string[] parts) => Path.Combine([Data, .. parts]);

    public async Task<CommandResult> RunAsync(string[] arguments, string? input = null)
    {
        using var process = Start(arguments);
        if (input is not null) await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandResult(process.ExitCode, await output, await error);
    }

    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(arguments, input: null);

    /// <summary>Runs a command that has to succeed.</summary>
    public async Task<CommandResult> GoodAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result;
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "gds.dll"), "--data", Data, .. arguments]) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("GDS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    public void Dispose() => _folder.Dispose();
}
