using GatewayAgent.Configuration;
using Microsoft.Extensions.Logging;
using Ua.Client;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Gds;

/// <summary>The agent as an OPC UA application: its trust folder, its certificate, and how it calls itself.</summary>
internal sealed class OwnIdentity(DataFolder data, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private FolderApplicationIdentity? _identity;
    private ClientApplication? _client;

    public TrustFolder Folder { get; } = new(data.Pki, TrustFolderLayouts.SpecAnnexF, time, loggers.CreateLogger<TrustFolder>());

    public FolderApplicationIdentity Identity => _identity ?? throw new InvalidOperationException("The agent's identity is not open yet.");

    public ClientApplication Client => _client ?? throw new InvalidOperationException("The agent's identity is not open yet.");

    public bool IsOpen => _identity is not null;

    /// <summary>Reads the certificate and key, or makes a self-signed pair at the first enrolment.</summary>
    public async Task OpenAsync(string applicationName, string applicationUri, string? organization, CancellationToken cancellationToken)
    {
        if (_identity is not null && Client.ApplicationUri == applicationUri)
        {
            await _identity.RefreshAsync(cancellationToken);
            return;
        }

        Folder.CreateDirectories();
        var options = new ApplicationIdentityOptions { ApplicationName = applicationName, ApplicationUri = applicationUri, Organization = organization };
        var identity = new FolderApplicationIdentity(Folder, options, time, loggers.CreateLogger<FolderApplicationIdentity>());
        try
        {
            await identity.OpenAsync(cancellationToken);
        }
        catch (UaException e)
        {
            identity.Dispose();
            throw new AgentProblem(ProblemKind.Refused, $"The agent's own certificate cannot be used: {e.Message} Delete '{Path.Combine(data.Pki, "own")}' and enrol again.", e);
        }

        _identity?.Dispose();
        _identity = identity;
        _client = new ClientApplication(applicationName, identity) { ProductUri = ProductUri };
    }

    /// <summary>The ProductUri under which agents are registered.</summary>
    public const string ProductUri = "urn:gdssuite:gateway-agent";

    public void Dispose()
    {
        _identity?.Dispose();
        Folder.Dispose();
    }
}
