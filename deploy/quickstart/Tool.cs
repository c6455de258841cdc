using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace GdsSuite.Quickstart;

/// <summary>One of our programs as it was built beside the quickstart: started for good, or run to its end.</summary>
internal sealed class Tool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _assembly;

    private Tool(string name, string assembly)
    {
        Name = name;
        _assembly = assembly;
    }

    public string Name { get; }

    public static Tool Gds { get; } = Built("gds", "gds/Gds.Host");

    public static Tool Agent { get; } = Built("gateway-agent", "gateway-agent/GatewayAgent");

    public static Tool Gateway { get; } = Built("demo-gateway", "deploy/demo-gateway");

    public ProcessStartInfo Command(params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        info.ArgumentList.Add(_assembly);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return info;
    }

    /// <summary>Runs to the end, within a limit of time. What it printed is kept whatever the exit code.</summary>
    public Task<ToolResult> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) => RunWithInputAsync(null, cancellationToken, arguments);

    /// <summary>The same for a command that reads a password from its standard input.</summary>
    public async Task<ToolResult> RunWithInputAsync(string? line, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        using var process = Process.Start(Command(arguments)) ?? throw new InvalidOperationException($"{Name} did not start.");
        if (line is not null) await process.StandardInput.WriteLineAsync(line.AsMemory(), limit.Token);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new ToolResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new StepFailedException($"{Name} did not end within {s_patience.TotalSeconds:F0} s");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The program's assembly in the checkout: same configuration and framework as this one.</summary>
    private static Tool Built(string name, string project)
    {
        var here = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        var framework = here.Name;
        var configuration = here.Parent!.Name;
        for (var folder = here; folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "GdsSuite.sln"))) continue;
            var assembly = Path.Combine([folder.FullName, .. project.Split('/'), "bin", configuration, framework, name + ".dll"]);
            return File.Exists(assembly)
                ? new Tool(name, assembly)
                : throw new FileNotFoundException($"{name} is not built; expected {assembly}.");
        }

        throw new InvalidOperationException("The quickstart runs from a checkout: no GdsSuite.sln was found above it.");
    }
}

/// <summary>How a program ended and what it printed.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public string Said => new StringBuilder(Output.Trim()).Append(Errors.Length > 0 ? " " + Errors.Trim() : "").ToString();

    /// <summary>The output as JSON; a failure to print any is an error that shows what was printed.</summary>
    public JsonElement Json()
    {
        try
        {
            return JsonDocument.Parse(Output).RootElement;
        }
        catch (JsonException e)
        {
            throw new StepFailedException($"expected JSON, got exit code {ExitCode} and: {Said}", e);
        }
    }
}

/// <summary>A step of the walk did not hold; the message says why.</summary>
internal sealed class StepFailedException : Exception
{
    public StepFailedException(string message)
        : base(message)
    {
    }

    public StepFailedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
