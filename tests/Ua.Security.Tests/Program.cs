using Ua.Security.Certificates.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Ua.Security.Tests;

/// <summary>Runs the tests, or with "swap-loop" the victim of the kill tests.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [SwapLoop.Command, .. var rest]) return await SwapLoop.RunAsync(rest);
        return args.Any(a => a is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
