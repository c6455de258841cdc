using System.Text.Json.Serialization;
using Ua.Security.Certificates;

namespace GatewayAgent.Configuration;

/// <summary>agent.json: what the agent is to do. Every key has a default except for what names an application.</summary>
internal sealed record AgentConfiguration
{
    public const string OwnName = "agent";

    public IReadOnlyList<ApplicationConfiguration> Applications { get; init; } = [];

    /// <summary>The agent's own OPC UA endpoint; null does not listen.</summary>
    public EndpointConfiguration? Endpoint { get; init; }

    /// <summary>Presets of the operator's own.</summary>
    public PresetSource? Presets { get; init; }

    /// <summary>The presets of the product and those of the operator.</summary>
    [JsonIgnore]
    public IReadOnlyList<TrustFolderLayout> Layouts { get; init; } = TrustFolderLayouts.All;

    /// <summary>How often the GDS is asked; each cycle is moved by up to <see cref="Jitter"/> of it.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Part of the interval by which a cycle comes sooner or later, so that a fleet does not come at once.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>Stays connected with the GDS and hears of changes at once; false only polls.</summary>
    public bool Listen { get; init; } = true;

    /// <summary>A cycle that the GDS's news call for begins within this time, at a moment left to chance, so that a fleet does not come at once.</summary>
    public TimeSpan NewsSpread { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this long without news the GDS and the agent assure each other that they are there.</summary>
    public TimeSpan ListenKeepAlive { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the keys of a kept connection are used, as asked for: each renewal costs both sides two RSA operations with a private key.</summary>
    public TimeSpan ChannelLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the GDS is asked for everything, such as whether it wants a new certificate, although no trust list has changed.</summary>
    public TimeSpan FullInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The wait after a first failure; it doubles with each further one.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait after failures.</summary>
    public TimeSpan LongestRetryInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest wait while a request waits for approval.</summary>
    public TimeSpan PendingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Part of a certificate's life after which it is renewed, whatever the GDS says.</summary>
    public double RenewAfter { get; init; } = 2.0 / 3.0;

    /// <summary>How long a connection or a call to the GDS may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often FinishRequest is asked when a request was started, before it is left for the next cycle; later cycles ask once.</summary>
    public int FinishAttempts { get; init; } = 3;

    /// <summary>The wait between two of these.</summary>
    public TimeSpan FinishInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After a rejected request, how long until the agent asks again by itself.</summary>
    public TimeSpan RetryRejectedAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>O of certificate subjects; null takes the host name.</summary>
    public string? Organization { get; init; }

    /// <summary>How far clocks may differ when dates of certificates and lists are compared.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Finds the layouts that the presets name.</summary>
    /// <param name="folder">The folder of agent.json.</param>
    public AgentConfiguration Resolve(string folder)
    {
        IReadOnlyList<TrustFolderLayout> layouts = Presets is null ? TrustFolderLayouts.All : [.. TrustFolderLayouts.All, .. Presets.Read(folder)];
        return this with
        {
            Layouts = layouts,
            Applications = [.. Applications.Select(a => a with { Layout = TrustFolderLayouts.FindOrNull(a.Preset, layouts) })],
        };
    }

    public void Validate()
    {
        Between("refreshInterval", RefreshInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        Between("newsSpread", NewsSpread, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between("listenKeepAlive", ListenKeepAlive, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
        Between("channelLifetime", ChannelLifetime, TimeSpan.FromSeconds(30), TimeSpan.FromDays(1));
        Between("fullInterval", FullInterval, TimeSpan.Zero, TimeSpan.FromDays(30));
        Between("retryInterval", RetryInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        Between("longestRetryInterval", LongestRetryInterval, RetryInterval, TimeSpan.FromDays(7));
        Between("pendingInterval", PendingInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        Between("timeout", Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between("finishInterval", FinishInterval, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Between("retryRejectedAfter", RetryRejectedAfter, TimeSpan.Zero, TimeSpan.FromDays(365));
        Between("clockSkew", ClockSkew, TimeSpan.Zero, TimeSpan.FromDays(1));
        if (Jitter is not (>= 0 and <= 0.5)) throw Wrong("jitter", "must be between 0 and 0.5");
        if (RenewAfter is not (> 0 and < 1)) throw Wrong("renewAfter", "must be more than 0 and less than 1");
        if (FinishAttempts is < 1 or > 100) throw Wrong("finishAttempts", "must be between 1 and 100");
        if (Organization is { } o && string.IsNullOrWhiteSpace(o)) throw Wrong("organization", "must not be empty; leave it out to take the host name");
        Endpoint?.Validate("endpoint");
        for (var i = 0; i < Applications.Count; i++) Applications[i].Validate($"applications[{i}]", Layouts);
        Unique("name", a => a.Name);
        Unique("applicationUri", a => a.ApplicationUri);
        UniqueFolders();
    }

    /// <summary>The entry of that name; the error names those that exist.</summary>
    public ApplicationConfiguration Find(string name) => Applications.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new AgentProblem(ProblemKind.NotFound, $"There is no application '{name}' in agent.json; there are: {string.Join(", ", Applications.Select(a => a.Name).DefaultIfEmpty("none"))}.");

    public static AgentProblem Wrong(string key, string rule) => new(ProblemKind.Usage, $"agent.json: {key} {rule}.");

    private static void Between(string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) throw Wrong(key, $"must be between {least} and {most}");
    }

    private void Unique(string key, Func<ApplicationConfiguration, string> part)
    {
        var twice = Applications.GroupBy(part, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw Wrong("applications", $"has the {key} '{twice.Key}' twice");
        if (key == "name" && Applications.Any(a => string.Equals(a.Name, OwnName, StringComparison.OrdinalIgnoreCase))) throw Wrong("applications", $"cannot have an application called '{OwnName}': that is the agent itself");
    }

    /// <summary>Two applications that write to one folder would undo each other's work.</summary>
    private void UniqueFolders()
    {
        var comparer = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        var twice = Applications.SelectMany(a => a.Stores().Select(s => Path.TrimEndingDirectorySeparator(s.Path))).GroupBy(p => p, comparer).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw Wrong("applications", $"has the trust folder '{twice.Key}' twice");
    }
}
