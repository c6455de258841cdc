using GatewayAgent.Folders;
using GatewayAgent.Refresh;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>What one store of an application shows: its lists, what lies beside them, also in the application's other stores, and its own pair.</summary>
internal sealed record StoreEvidence(ManagedApplication Application, GatewayStore Store, FolderEvidence Folder, IReadOnlyList<Sighting> Sightings, OwnEvidence Own)
{
    /// <summary>What holds for every peer. Whether a certificate is trusted, and what lists there are, is each peer's own matter.</summary>
    private static readonly Cause[] s_ofCertificate =
    [
        Cause.CertificateExpired, Cause.CertificateNotYetValid, Cause.CertificateRevoked, Cause.IssuerExpired, Cause.IssuerNotYetValid, Cause.IssuerRevoked, Cause.SignatureWrong,
        Cause.KeyTooShort, Cause.HashTooWeak, Cause.KeyUsageMissing, Cause.ExtendedKeyUsageWrong, Cause.AuthorityAsApplication, Cause.CriticalExtensionUnknown,
        Cause.ApplicationUriMissing, Cause.IssuerIsNoAuthority, Cause.IssuerMayNotIssue,
    ];

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

    /// <summary>What is wrong with the own side whoever it meets: also what its own lists know of its certificate, such as that it was revoked.</summary>
    public async Task<IReadOnlyList<Reason>> OwnReasonsAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (Own.Problem is { } problem) return [problem];
        var own = Own.Own!;
        var place = Store.Folder.Paths.OwnCertificates;
        var check = new CertificateCheck(own.ChainBytes, PeerRole.Client) { Source = place };
        var judged = await new CertificateExplainer(new CertificateValidationOptions(), time).ExplainAsync(Application.Name, Folder.Lists, check, [], cancellationToken);
        var reasons = judged.Reasons.Where(r => r.Weight == ReasonWeight.Blocks && s_ofCertificate.Contains(r.Cause)).ToList();
        if (own.Certificate.ApplicationUri is { } uri && uri != Application.ApplicationUri)
            reasons.Insert(0, Reason.Blocks(Cause.ApplicationUriWrong, $"The own certificate {own.Certificate} in {place} carries the ApplicationUri '{uri}', but {Application.Name} states '{Application.ApplicationUri}'.", own.Certificate, place));
        return reasons;
    }
}
