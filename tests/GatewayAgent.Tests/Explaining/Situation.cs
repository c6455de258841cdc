using Ua.Security.Certificates;

namespace GatewayAgent.Tests.Explaining;

/// <summary>Something that is broken for real, what it is to be called, and what the explanation must name.</summary>
/// <param name="Warns">The connection is possible all the same.</param>
/// <param name="Arrange">Breaks it and gives the arguments of explain.</param>
internal sealed record Situation(string Name, Cause Cause, Func<Site, Task<Asked>> Arrange, string Preset = "spec-annex-f", bool Warns = false)
{
    public static IReadOnlyList<Situation> All { get; } = [.. FolderSituations.All, .. MisplacedSituations.All, .. WireSituations.All];
}

/// <summary>What is asked, and what must be named by the reason that has the cause: a file, a certificate, a date, a code.</summary>
internal sealed record Asked(IReadOnlyList<string> Arguments, IReadOnlyList<string> Named)
{
    public static Asked AsClient(string what, params string[] named) => new([what, "--as", "Client"], named);

    public static Task<Asked> Of(string what, params string[] named) => Task.FromResult(AsClient(what, named));
}
