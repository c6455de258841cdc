using System.Collections.Concurrent;
using GatewayAgent.Configuration;
using Pki;

namespace GatewayAgent.State;

/// <summary>The state folder: enrolment, last contact, and a folder for each application.</summary>
internal sealed class StateStore(DataFolder data) : IDisposable
{
    private readonly ConcurrentDictionary<string, ApplicationStore> _applications = new(StringComparer.Ordinal);
    private readonly string _enrolment = Path.Combine(data.State, "enrolment.json");
    private readonly string _name = Path.Combine(data.State, "name.json");
    private readonly string _contact = Path.Combine(data.State, "contact.json");

    public Task<EnrolmentState?> ReadEnrolmentAsync(CancellationToken cancellationToken) => StateFiles.ReadAsync<EnrolmentState>(_enrolment, cancellationToken);

    /// <summary>Raised after another enrolment was written.</summary>
    public event Action? EnrolmentChanged;

    public async Task WriteEnrolmentAsync(EnrolmentState enrolment, CancellationToken cancellationToken)
    {
        await StateFiles.WriteAsync(_enrolment, enrolment, cancellationToken);
        EnrolmentChanged?.Invoke();
    }

    /// <summary>Who the agent is; null as long as nobody had to know.</summary>
    public async Task<AgentName?> ReadNameAsync(CancellationToken cancellationToken) => await ReadEnrolmentAsync(cancellationToken) is { } enrolment
        ? new AgentName(enrolment.ApplicationUri, enrolment.ApplicationName)
        : await StateFiles.ReadAsync<AgentName>(_name, cancellationToken);

    /// <summary>Who the agent is; decided now where it was not before.</summary>
    public async Task<AgentName> EnsureNameAsync(CancellationToken cancellationToken)
    {
        if (await ReadNameAsync(cancellationToken) is { } known) return known;
        var name = AgentName.New();
        await StateFiles.WriteAsync(_name, name, cancellationToken);
        return name;
    }

    public async Task<ContactState> ReadContactAsync(CancellationToken cancellationToken) =>
        await StateFiles.ReadAsync<ContactState>(_contact, cancellationToken) ?? ContactState.None;

    public Task WriteContactAsync(ContactState contact, CancellationToken cancellationToken) => StateFiles.WriteAsync(_contact, contact, cancellationToken);

    public ApplicationStore Application(string applicationUri) =>
        _applications.GetOrAdd(applicationUri, uri => new ApplicationStore(Path.Combine(data.State, "applications"), uri));

    /// <summary>What a killed process left half-written in the folder itself.</summary>
    public void RemoveLeftovers()
    {
        AtomicFile.RemoveLeftovers(data.Root);
        AtomicFile.RemoveLeftovers(data.State);
    }

    public void Dispose()
    {
        foreach (var store in _applications.Values) store.Dispose();
    }
}
