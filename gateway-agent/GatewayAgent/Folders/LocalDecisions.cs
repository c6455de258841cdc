using GatewayAgent.Refresh;
using GatewayAgent.State;
using Microsoft.Extensions.Logging;
using Pki;
using Ua.Core;
using Ua.Security.Certificates;

namespace GatewayAgent.Folders;

/// <summary>
/// A technician's word about a certificate on this machine. It is written down before the folder is touched, so that no
/// synchronisation takes it back: what is trusted here stays beside the GDS's list, what is rejected here stays out of it.
/// </summary>
internal sealed class LocalDecisions(TimeProvider time, ILogger<LocalDecisions> logger)
{
    /// <summary>Trusts a rejected certificate by its thumbprint, in the stores where it lies.</summary>
    public async Task<IReadOnlyList<string>> TrustAsync(IReadOnlyList<ManagedApplication> applications, string thumbprint, CancellationToken cancellationToken)
    {
        var found = await FindAsync(applications, thumbprint, [TrustFolderPlace.Rejected], cancellationToken);
        if (found.Count == 0) throw await NothingFoundAsync(applications, thumbprint, "rejected", TrustFolderPlace.Trusted, "is trusted already", cancellationToken);
        List<string> done = [];
        foreach (var (application, store, certificate) in found)
            done.Add(await TrustAsync(application, store, certificate, () => store.Folder.TrustAsync(certificate.Thumbprint, cancellationToken), cancellationToken));
        return done;
    }

    /// <summary>Trusts a certificate that was brought as a file, in every store of the applications.</summary>
    public async Task<IReadOnlyList<string>> TrustAsync(IReadOnlyList<ManagedApplication> applications, ApplicationCertificate certificate, CancellationToken cancellationToken)
    {
        List<string> done = [];
        foreach (var application in applications)
        {
            foreach (var store in application.Stores)
                done.Add(await TrustAsync(application, store, certificate, () => store.Folder.TrustAsync(certificate, cancellationToken), cancellationToken));
        }

        return done;
    }

    /// <summary>Takes a certificate out of the trusted ones, for good until it is trusted again.</summary>
    public async Task<IReadOnlyList<string>> RejectAsync(IReadOnlyList<ManagedApplication> applications, string thumbprint, CancellationToken cancellationToken)
    {
        var found = await FindAsync(applications, thumbprint, [TrustFolderPlace.Trusted], cancellationToken);
        if (found.Count == 0) throw await NothingFoundAsync(applications, thumbprint, "trusted", TrustFolderPlace.Rejected, "is rejected already", cancellationToken);
        List<string> done = [];
        foreach (var (application, store, certificate) in found)
        {
            var kept = await TrustListPull.KeptAsync(application, cancellationToken);
            if (certificate.IsCertificateAuthority && kept?.Set.Certificates.Contains(certificate) == true)
                throw new AgentProblem(ProblemKind.Refused, $"{certificate} is an authority that the GDS gives to {application.Name}; without it the gateway would trust nobody. Remove it at the GDS.");
            await DecideAsync(application, store, certificate, LocalVerdict.Rejected, () => store.Folder.RejectAsync(certificate.Thumbprint, cancellationToken), cancellationToken);
            Log.Decided(logger, application.Name, Environment.UserName, "rejected", certificate.Subject, certificate.Thumbprint);
            done.Add($"{application.Name} ({store.Name}): {certificate} is rejected.");
        }

        return done;
    }

    private async Task<string> TrustAsync(ManagedApplication application, GatewayStore store, ApplicationCertificate certificate, Func<Task<string>> act, CancellationToken cancellationToken)
    {
        await DecideAsync(application, store, certificate, LocalVerdict.Trusted, act, cancellationToken);
        Log.Decided(logger, application.Name, Environment.UserName, "trusted", certificate.Subject, certificate.Thumbprint);
        var note = time.GetUtcNow() > certificate.NotAfter ? $" It expired on {certificate.NotAfter:yyyy-MM-dd}, so peers will refuse it all the same." : "";
        return $"{application.Name} ({store.Name}): {certificate} is trusted.{note}";
    }

    private async Task DecideAsync(ManagedApplication application, GatewayStore store, ApplicationCertificate certificate, LocalVerdict verdict, Func<Task<string>> act, CancellationToken cancellationToken)
    {
        await application.Changing.WaitAsync(cancellationToken);
        try
        {
            // What the GDS trusts anyway needs no word of ours, only the end of an earlier rejection.
            var given = verdict == LocalVerdict.Trusted && (await TrustListPull.KeptAsync(application, cancellationToken))?.Set.TrustedCertificates.Contains(certificate) == true;
            LocalDecision[] decision = given ? [] : [new(verdict, store.Name, certificate.Sha256, certificate.Subject, time.GetUtcNow(), certificate.Der)];
            await application.Store.ChangeAsync(s => s with { Local = [.. s.Local.Where(l => l.Store != store.Name || l.Sha256 != certificate.Sha256), .. decision] }, cancellationToken);
            await act();
        }
        catch (UaException e)
        {
            throw new AgentProblem(ProblemKind.Refused, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentProblem(ProblemKind.NoAccess, $"Trust folder '{store.Path}': {e.Message}", e);
        }
        finally
        {
            application.Changing.Release();
        }
    }

    private static async Task<IReadOnlyList<(ManagedApplication Application, GatewayStore Store, ApplicationCertificate Certificate)>> FindAsync(
        IReadOnlyList<ManagedApplication> applications, string thumbprint, TrustFolderPlace[] places, CancellationToken cancellationToken)
    {
        var hex = string.Concat(thumbprint.Where(c => c is not (':' or ' '))).ToUpperInvariant();
        if (hex.Length is not (40 or 64) || !hex.All(char.IsAsciiHexDigit))
            throw new AgentProblem(ProblemKind.Usage, $"'{thumbprint}' is neither a file nor a thumbprint: 40 (SHA-1) or 64 (SHA-256) hex digits are needed.");
        List<(ManagedApplication, GatewayStore, ApplicationCertificate)> found = [];
        foreach (var application in applications)
        {
            foreach (var store in application.Stores)
            {
                var entries = await store.ListAsync(cancellationToken);
                var hit = entries.FirstOrDefault(e => places.Contains(e.Place) && e.Certificate is { } c && (c.Thumbprint == hex || c.Sha256 == hex));
                if (hit is not null) found.Add((application, store, hit.Certificate!));
            }
        }

        return found;
    }

    private static async Task<AgentProblem> NothingFoundAsync(IReadOnlyList<ManagedApplication> applications, string thumbprint, string where, TrustFolderPlace elsewhere, string state, CancellationToken cancellationToken)
    {
        var other = await FindAsync(applications, thumbprint, [elsewhere], cancellationToken);
        return other.Count > 0
            ? new AgentProblem(ProblemKind.Refused, $"The certificate {other[0].Certificate} {state} at {other[0].Application.Name}.")
            : new AgentProblem(ProblemKind.NotFound, $"There is no {where} certificate with the thumbprint {thumbprint} in the folders of {string.Join(", ", applications.Select(a => a.Name))}; 'gateway-agent list' shows what there is.");
    }
}
