using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>What one store of an application shows: its lists, what lies beside them, also in the application's other stores, and its own pair.</summary>
internal sealed record StoreEvidence(ManagedApplication Application, GatewayStore Store, FolderEvidence Folder, IReadOnlyList<Sighting> Sightings, OwnEvidence Own)
{
    public string Judge => Application.Stores.Count > 1 ? $"{Application.Name} (store '{Store.Name}', {Store.Path})" : $"{Application.Name} ({Store.Path})";

    /// <exception cref="AgentProblem">The folder cannot be read.</exception>
    public static async Task<StoreEvidence> CollectAsync(ManagedApplication application, GatewayStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await FolderEvidence.CollectAsync(store.Folder, cancellationToken);
            List<Sighting> sightings = [.. folder.Sightings];
            foreach (var other in application.Stores.Where(s => s != store))
                sightings.AddRange((await FolderEvidence.CollectAsync(other.Folder, cancellationToken)).AsOtherStore(other.Name));
            var options = new ApplicationIdentityOptions { CreateIfMissing = false, PrivateKeyPassword = _ => application.Configuration.PrivateKeyPassword() };
            return new(application, store, folder, sightings, await OwnEvidence.CollectAsync(store.Folder, options, time, cancellationToken));
        }
        catch (Exception e) when (e is UaException or IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"Trust folder '{store.Path}' of {application.Name}: {e.Message}", e);
        }
    }

    /// <summary>What is wrong with the own side before anybody connects.</summary>
    public IEnumerable<Reason> OwnReasons(TimeProvider time)
    {
        if (Own.Problem is { } problem) yield return problem;
        if (Own.Own?.Certificate is not { } own) yield break;
        if (own.ApplicationUri != Application.ApplicationUri)
            yield return Reason.Blocks(Cause.ApplicationUriWrong, $"The own certificate {own} in {Store.Folder.Paths.OwnCertificates} carries {(own.ApplicationUri is { } uri ? $"the ApplicationUri '{uri}'" : "no ApplicationUri")}, but {Application.Name} states '{Application.ApplicationUri}'.", own, Store.Folder.Paths.OwnCertificates);
        if (time.GetUtcNow() > own.NotAfter)
            yield return Reason.Blocks(Cause.CertificateExpired, $"The own certificate {own} in {Store.Folder.Paths.OwnCertificates} expired on {own.NotAfter.UtcDateTime:u}.", own, Store.Folder.Paths.OwnCertificates);
    }
}
