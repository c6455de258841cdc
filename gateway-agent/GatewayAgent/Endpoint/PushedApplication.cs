using GatewayAgent.Refresh;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;
using Ua.Server.ServerConfiguration;

namespace GatewayAgent.Endpoint;

/// <summary>A gateway of the agent as those who push see it.</summary>
internal sealed class PushedApplication : IConfiguredApplication
{
    private readonly PushedGroup _group;

    public PushedApplication(ManagedApplication application, Fleet fleet, FolderInstall install) => Groups = [_group = new PushedGroup(application, fleet, install)];

    /// <summary>The application by its present configuration; a new one has the same ApplicationUri.</summary>
    public ManagedApplication Application
    {
        get => _group.Application;
        set => _group.Application = value;
    }

    public string Key => Application.ApplicationUri;

    public ApplicationFacts Facts => FactsOf(Application);

    public IReadOnlyList<ICertificateGroup> Groups { get; }

    public async ValueTask<IReadOnlyList<ApplicationCertificate>> ReadRejectedAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<ApplicationCertificate> rejected = [];
            foreach (var store in Application.Stores)
                rejected.AddRange((await store.ListAsync(cancellationToken)).Where(e => e.Place == TrustFolderPlace.Rejected).Select(e => e.Certificate).OfType<ApplicationCertificate>());
            return [.. rejected.Distinct()];
        }
        catch (AgentProblem e)
        {
            throw EndpointErrors.Of(e);
        }
    }

    /// <summary>The gateway was told and looked at when its group was changed.</summary>
    public Task AppliedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
