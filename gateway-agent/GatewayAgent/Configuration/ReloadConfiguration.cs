using System.Text.Json.Serialization;

namespace GatewayAgent.Configuration;

/// <summary>How a gateway is told that its trust folder has changed.</summary>
internal enum ReloadKind
{
    /// <summary>It notices by itself.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>A file or directory gets a new time, for products that watch only that.</summary>
    [JsonStringEnumMemberName("touch")]
    Touch,

    /// <summary>A program is run.</summary>
    [JsonStringEnumMemberName("command")]
    Command,

    /// <summary>A service of the operating system is restarted.</summary>
    [JsonStringEnumMemberName("service")]
    Service,
}

/// <summary>The key <c>reload</c> of an application.</summary>
internal sealed record ReloadConfiguration
{
    public ReloadKind Kind { get; init; }

    /// <summary>For touch: the file or directory; null takes what the layout names, else the directory of trusted certificates.</summary>
    public string? Path { get; init; }

    /// <summary>For command: the program, without a shell in between.</summary>
    public string? Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>For service: the name of the systemd unit or Windows service.</summary>
    public string? Service { get; init; }

    /// <summary>How long a command or service restart may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public void Validate(string key)
    {
        if (!Enum.IsDefined(Kind)) throw Wrong($"{key}.kind", "must be none, touch, command or service");
        if (Kind == ReloadKind.Command && string.IsNullOrWhiteSpace(Program)) throw Wrong($"{key}.program", "is needed where kind is command");
        if (Kind == ReloadKind.Service && string.IsNullOrWhiteSpace(Service)) throw Wrong($"{key}.service", "is needed where kind is service");
        if (Kind != ReloadKind.Command && Program is not null) throw Wrong($"{key}.program", "is only read where kind is command");
        if (Kind != ReloadKind.Service && Service is not null) throw Wrong($"{key}.service", "is only read where kind is service");
        if (Kind != ReloadKind.Touch && Path is not null) throw Wrong($"{key}.path", "is only read where kind is touch");
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(1)) throw Wrong($"{key}.timeout", "must be between zero and one hour");
    }

    private static AgentProblem Wrong(string key, string rule) => AgentConfiguration.Wrong(key, rule);
}
