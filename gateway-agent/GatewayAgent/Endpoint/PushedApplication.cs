using GatewayAgent.Gds;
using GatewayAgent.Refresh;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.ServerConfiguration;

namespace GatewayAgent.Endpoint;

/// <summary>An application of the agent as those who push see it: a gateway, or the agent itself.</summary>
internal sealed class PushedApplication : IConfiguredApplication
{
    private readonly OwnIdentity _own;
    private readonly PushedGroup _group;
    private volatile ManagedApplication _application;

    public PushedApplication(ManagedApplication application, Fleet fleet, FolderInstall install, OwnIdentity own)
    {
        _application = application;
        _own = own;
        _group = new PushedGroup(this, fleet, install);
    }

    /// <summary>The application by its present configuration; a new one has the same ApplicationUri.</summary>
    public ManagedApplication Application
    {
        get => _application;
        set => _application = value;
    }

    public string Key => _application.ApplicationUri;

    public ApplicationFacts Facts => FactsOf(_application);

    public IReadOnlyList<ICertificateGroup> Groups => [_group];

    public async ValueTask<IReadOnlyList<ApplicationCertificate>> ReadRejectedAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<ApplicationCertificate> rejected = [];
            foreach (var store in _application.Stores)
                rejected.AddRange((await store.ListAsync(cancellationToken)).Where(e => e.Place == TrustFolderPlace.Rejected).Select(e => e.Certificate).OfType<ApplicationCertificate>());
            return [.. rejected.Distinct()];
        }
        catch (AgentProblem e)
        {
            throw EndpointErrors.Of(e);
        }
    }

    /// <summary>A gateway was told and looked at when its group was changed; the agent takes its own certificate up here.</summary>
    public async Task AppliedAsync(CancellationToken cancellationToken)
    {
        if (!_application.IsAgent) return;
        await _own.Identity.RefreshAsync(cancellationToken);
        await _own.Folder.CurrentAsync(cancellationToken);
    }

    private static ApplicationFacts FactsOf(ManagedApplication application)
    {
        var configuration = application.Configuration;
        return new ApplicationFacts(
            configuration.ApplicationUri,
            configuration.ProductUri ?? Enrolment.Registration.ProductUriOf(configuration.ApplicationUri),
            configuration.Type,
            [new LocalizedText("", configuration.Name)])
        { ServerCapabilities = configuration.Capabilities.Count == 0 ? ["NA"] : configuration.Capabilities };
    }
}
