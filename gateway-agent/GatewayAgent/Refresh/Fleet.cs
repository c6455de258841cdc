using System.Text.Json;
using GatewayAgent.Configuration;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Refresh;

/// <summary>The configuration and the applications as they are now. agent.json is read again at every cycle; one that cannot be used changes nothing.</summary>
internal sealed class Fleet(DataFolder data, StateStore state, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly ConfigurationFile _file = new(data.ConfigurationFile);
    private readonly ILogger _logger = loggers.CreateLogger<Fleet>();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<string, (string Text, ManagedApplication Application)> _applications = new(StringComparer.Ordinal);
    private AgentConfiguration? _configuration;

    /// <summary>Raised after the configuration was read and an application has come, gone or become another one.</summary>
    public event Action? Changed;

    /// <summary>Why agent.json does not count as it is now; null while it does.</summary>
    public string? Problem { get; private set; }

    public ConfigurationFile File => _file;

    /// <summary>Reads the configuration. At the first call a problem is thrown; later the configuration before stays in force.</summary>
    public async Task<(AgentConfiguration Configuration, IReadOnlyList<ManagedApplication> Managed, ManagedApplication? Agent)> CurrentAsync(CancellationToken cancellationToken)
    {
        AgentConfiguration? before;
        (AgentConfiguration Configuration, IReadOnlyList<ManagedApplication> Managed, ManagedApplication? Agent) current;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            before = _configuration;
            current = await CurrentAsync(await ReadAsync(cancellationToken), cancellationToken);
            _configuration = current.Configuration;
        }
        finally
        {
            _reading.Release();
        }

        if (before is not null && !ReferenceEquals(before, current.Configuration) && ConfigurationFile.Write(before) != ConfigurationFile.Write(current.Configuration)) Changed?.Invoke();
        return current;
    }

    public void Dispose()
    {
        foreach (var (_, application) in _applications.Values) application.Dispose();
        _reading.Dispose();
    }

    private async Task<(AgentConfiguration Configuration, IReadOnlyList<ManagedApplication> Managed, ManagedApplication? Agent)> CurrentAsync(AgentConfiguration configuration, CancellationToken cancellationToken)
    {
        var name = await state.ReadNameAsync(cancellationToken);
        var managed = configuration.Applications.Select(a => Of(a, isAgent: false)).ToList();
        return (configuration, managed, name is null ? null : Of(ManagedApplication.AgentItself(name, configuration.Endpoint, data), isAgent: true));
    }

    private async Task<AgentConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = await _file.ReadAsync(cancellationToken);
            Problem = null;
            return read;
        }
        catch (AgentProblem e) when (_configuration is not null)
        {
            if (Problem != e.Message) Log.ConfigurationUnusable(_logger, e.Message);
            Problem = e.Message;
            return _configuration;
        }
    }

    private ManagedApplication Of(ApplicationConfiguration configuration, bool isAgent)
    {
        var text = $"{JsonSerializer.Serialize(configuration)}|{JsonSerializer.Serialize(configuration.LayoutInForce)}|{string.Join('|', configuration.Stores().Select(s => s.Path))}";
        if (_applications.TryGetValue(configuration.ApplicationUri, out var known) && known.Text == text) return known.Application;
        var application = new ManagedApplication(configuration, isAgent, state.Application(configuration.ApplicationUri), time, loggers);
        _applications[configuration.ApplicationUri] = (text, application);
        return application;
    }
}
