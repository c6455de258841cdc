namespace Benchmarks;

/// <summary>What a run was asked for.</summary>
/// <param name="Json">JSON on standard output.</param>
/// <param name="Only">The parts to measure; empty for all.</param>
/// <param name="Gds">gds.dll of another build; null for the one that was built with the benchmarks.</param>
internal sealed record RunArguments(bool Json, IReadOnlyList<string> Only, string? Gds)
{
    private static readonly string[] s_parts = ["start", "sessions", "reads", "trust-lists", "signing", "fleet", "directory", "memory"];

    public bool Wants(string part) => Only.Count == 0 || Only.Contains(part);

    /// <summary>Null where an argument is wrong.</summary>
    public static RunArguments? Parse(string[] args)
    {
        var arguments = new RunArguments(Json: false, [], null);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json":
                    arguments = arguments with { Json = true };
                    break;
                case "--only" when i + 1 < args.Length && args[i + 1].Split(',') is var parts && parts.All(s_parts.Contains):
                    arguments = arguments with { Only = parts };
                    i++;
                    break;
                case "--gds" when i + 1 < args.Length && File.Exists(args[i + 1]):
                    arguments = arguments with { Gds = Path.GetFullPath(args[i + 1]) };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return arguments;
    }
}
