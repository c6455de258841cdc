using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TestKit.Processes;

/// <summary>One of our programs as it was built, with the same configuration and framework as the tests.</summary>
public sealed class BuiltProgram
{
    private readonly string _assembly;

    private BuiltProgram(string name, string assembly) => (Name, _assembly) = (name, assembly);

    public string Name { get; }

    /// <summary>The program of a project; the text of the error says where it was looked for.</summary>
    /// <param name="project">Folder of the project in the checkout, such as gds/Gds.Host.</param>
    /// <param name="name">Name of its assembly.</param>
    public static BuiltProgram Find(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine([Checkout.Root, .. project.Split('/'), "bin", framework.Parent!.Name, framework.Name, name + ".dll"]);
        return System.IO.File.Exists(assembly)
            ? new BuiltProgram(name, assembly)
            : throw new FileNotFoundException($"{name} is not built; expected {assembly}.");
    }

    /// <summary>A program at another place, such as a published one.</summary>
    public static BuiltProgram At(string name, string assembly) =>
        System.IO.File.Exists(assembly) ? new BuiltProgram(name, assembly) : throw new FileNotFoundException($"There is no {assembly}.");

    /// <summary>Starts it for good; whoever starts it ends it.</summary>
    public RunningProgram Start(params IEnumerable<string> arguments) => RunningProgram.Start(Name, Command(arguments));

    /// <summary>Runs it to its end and gives what came out, whatever the exit code.</summary>
    public Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments) => RunWithInputAsync("", cancellationToken, arguments);

    /// <summary>As <see cref="RunAsync"/>, with something to read on standard input.</summary>
    public async Task<ProgramResult> RunWithInputAsync(string input, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(Command(arguments)) ?? throw new InvalidOperationException($"{Name} did not start.");
        if (input.Length > 0) await process.StandardInput.WriteLineAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramResult($"{Name} {string.Join(' ', arguments)}", process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo Command(IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(DotnetHost())
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

    /// <summary>The host of the runtime that the tests themselves run on: three folders above the runtime's assemblies.</summary>
    private static string DotnetHost()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return System.IO.File.Exists(host) ? host : "dotnet";
    }
}
