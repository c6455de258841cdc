using BenchmarkDotNet.Running;

namespace Benchmarks;

/// <summary>The small measurements: codec and crypto without any socket.</summary>
internal static class Micro
{
    public static int Run(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(Micro).Assembly).Run(args);
        return 0;
    }
}
