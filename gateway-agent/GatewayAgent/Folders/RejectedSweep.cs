using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.Folders;

/// <summary>
/// Takes certificates out of the rejected ones that the new list makes good: products exist that look there first and go on
/// refusing. What a technician has rejected stays.
/// </summary>
internal sealed class RejectedSweep(TimeProvider time, ILogger<RejectedSweep> logger)
{
    public async Task RunAsync(ManagedApplication application, GatewayStore store, CancellationToken cancellationToken)
    {
        var decided = (await application.Store.ReadAsync(cancellationToken)).Local
            .Where(d => d.Verdict == LocalVerdict.Rejected && d.Store == store.Name).Select(d => d.Sha256).ToHashSet(StringComparer.Ordinal);
        var set = await store.ReadAsync(cancellationToken);
        var options = new CertificateValidationOptions { SuppressHostNameInvalid = true, CacheTime = TimeSpan.Zero };
        var validator = new CertificateValidator(new PublishedTrustLists(set.ToTrustLists(store.Path)), options, time, NullLogger<CertificateValidator>.Instance);
        foreach (var entry in await store.ListAsync(cancellationToken))
        {
            if (entry is not { Place: TrustFolderPlace.Rejected, Certificate: { } certificate } || decided.Contains(certificate.Sha256)) continue;
            var verdict = await validator.ExplainAsync(new CertificateCheck(certificate.Der, PeerRole.Client) { ApplicationUri = certificate.ApplicationUri }, cancellationToken);
            if (!verdict.IsAccepted) continue;
            await DeleteAsync(store, entry.Path, cancellationToken);
            Log.NoLongerRejected(logger, application.Name, certificate.Subject, certificate.Thumbprint, entry.Path);
        }
    }

    private static async Task DeleteAsync(GatewayStore store, string path, CancellationToken cancellationToken)
    {
        try
        {
            await AtomicFile.DeleteAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"Trust folder '{store.Path}': '{path}' could not be deleted: {e.Message}", e);
        }
    }
}
