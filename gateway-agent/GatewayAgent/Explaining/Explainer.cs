using GatewayAgent.Configuration;
using GatewayAgent.Refresh;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;

namespace GatewayAgent.Explaining;

/// <summary>Says why a gateway accepts a certificate or an endpoint, or why not, and what to do. Changes nothing.</summary>
internal sealed class Explainer(Fleet fleet, TimeProvider time, ILoggerFactory loggers)
{
    private const string Scheme = "opc.tcp://";

    public async Task<ExplainReport> RunAsync(ExplainOrder order, CancellationToken cancellationToken)
    {
        var (configuration, managed, agent) = await fleet.CurrentAsync(cancellationToken);
        IReadOnlyList<ManagedApplication> all = agent is null ? managed : [.. managed, agent];
        var chosen = Chosen(order, configuration, managed, agent);
        var cases = order.What.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await new EndpointExplaining(time, loggers).RunAsync(ForConnecting(chosen, order, agent), all, order.What, cancellationToken)
            : await JudgeAsync(chosen, all, order, cancellationToken);
        return new(order.What, cases.All(c => c.Possible), cases);
    }

    private async Task<IReadOnlyList<ExplainedCase>> JudgeAsync(IReadOnlyList<ManagedApplication> chosen, IReadOnlyList<ManagedApplication> all, ExplainOrder order, CancellationToken cancellationToken)
    {
        var (chain, file) = order.Certificate is { } content ? (Read(content), order.What) : await CertificateExplaining.FindAsync(all, order.What, time, cancellationToken);
        return await new CertificateExplaining(time).RunAsync(chosen, chain, file, order.Role, cancellationToken);
    }

    /// <summary>The chain in the file; one that cannot be read is judged as it is, which says why.</summary>
    private static byte[] Read(byte[] content)
    {
        try
        {
            return CertificateChainBytes.Join(PemFile.ReadCertificates(content));
        }
        catch (PkiException)
        {
            return content;
        }
    }

    private static IReadOnlyList<ManagedApplication> Chosen(ExplainOrder order, AgentConfiguration configuration, IReadOnlyList<ManagedApplication> managed, ManagedApplication? agent)
    {
        if (order.Application is { } name)
        {
            if (string.Equals(name, AgentConfiguration.OwnName, StringComparison.OrdinalIgnoreCase)) return [agent ?? throw new AgentProblem(ProblemKind.NotFound, "The agent is not enrolled and has no trust folder yet.")];
            var found = configuration.Find(name);
            return [managed.First(m => m.ApplicationUri == found.ApplicationUri)];
        }

        if (managed.Count > 0) return managed;
        return agent is null ? throw new AgentProblem(ProblemKind.NotFound, "There are no applications in agent.json yet, so nobody is there to accept anything.") : [agent];
    }

    /// <summary>As whom to connect: the named one, else all that connect to servers, else the agent itself.</summary>
    private static IReadOnlyList<ManagedApplication> ForConnecting(IReadOnlyList<ManagedApplication> chosen, ExplainOrder order, ManagedApplication? agent)
    {
        if (order.Application is not null) return chosen;
        var clients = chosen.Where(a => a.Configuration.Type is ApplicationType.Client or ApplicationType.ClientAndServer).ToList();
        if (clients.Count > 0) return clients;
        return agent is null ? chosen : [agent];
    }
}
