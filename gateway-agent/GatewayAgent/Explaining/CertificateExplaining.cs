using GatewayAgent.Refresh;
using Pki;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>Whether gateways would accept a certificate, by what lies in their folders now.</summary>
internal sealed class CertificateExplaining(TimeProvider time)
{
    private static readonly CertificateValidationOptions s_strict = new();

    public async Task<IReadOnlyList<ExplainedCase>> RunAsync(IReadOnlyList<ManagedApplication> applications, ReadOnlyMemory<byte> chain, string source, PeerRole? only, CancellationToken cancellationToken)
    {
        List<ExplainedCase> cases = [];
        foreach (var application in applications)
        {
            foreach (var role in StoreRoles.Of(application.Configuration.Type).Where(r => only is null || r == only))
            {
                foreach (var store in StoreRoles.For(application, role))
                {
                    var evidence = await StoreEvidence.CollectAsync(application, store, time, cancellationToken);
                    cases.Add(await JudgeAsync(evidence, new CertificateCheck(chain, role) { Source = source }, cancellationToken));
                }
            }
        }

        if (cases.Count == 0) throw new AgentProblem(ProblemKind.Usage, $"None of {string.Join(", ", applications.Select(a => a.Name))} has to do with a {only?.ToString().ToLowerInvariant()}: their types say so in agent.json.");
        return cases;
    }

    private async Task<ExplainedCase> JudgeAsync(StoreEvidence evidence, CertificateCheck check, CancellationToken cancellationToken)
    {
        var judgement = await new CertificateExplainer(s_strict, time).ExplainAsync(evidence.Judge, evidence.Folder.Lists, check, evidence.Sightings, cancellationToken);
        return new(evidence.Application.Name, evidence.Store.Name, evidence.Store.Path, judgement.Accepted, judgement.Cause, judgement.Text, null, [judgement], judgement.Reasons);
    }

    /// <summary>The certificate of that thumbprint, wherever it lies in the folders.</summary>
    /// <exception cref="AgentProblem">It is no thumbprint, or lies nowhere.</exception>
    public static async Task<(byte[] Chain, string File)> FindAsync(IReadOnlyList<ManagedApplication> applications, string thumbprint, TimeProvider time, CancellationToken cancellationToken)
    {
        var hex = string.Concat(thumbprint.Where(c => c is not (':' or ' '))).ToUpperInvariant();
        if (hex.Length is not (40 or 64) || !hex.All(char.IsAsciiHexDigit))
            throw new AgentProblem(ProblemKind.Usage, $"'{thumbprint}' is neither a file nor an opc.tcp URL nor a thumbprint: 40 (SHA-1) or 64 (SHA-256) hex digits are needed.");
        foreach (var application in applications)
        {
            foreach (var store in application.Stores)
            {
                var evidence = await StoreEvidence.CollectAsync(application, store, time, cancellationToken);
                if (evidence.Own.Own?.Certificate is { } own && Is(own)) return (own.Der, store.Folder.Paths.OwnCertificates);
                var lists = evidence.Folder.Lists.TrustedCertificates.Concat(evidence.Folder.Lists.IssuerCertificates).Select(c => (c.Certificate, c.Source));
                var seen = evidence.Sightings.Where(s => s.Certificate is not null).Select(s => (Certificate: s.Certificate!, Source: s.File));
                if (lists.Concat(seen).FirstOrDefault(c => Is(c.Certificate)) is { Certificate: { } found, Source: { } file }) return (found.Der, file);
            }
        }

        throw new AgentProblem(ProblemKind.NotFound, $"There is no certificate with the thumbprint {thumbprint} in the folders of {string.Join(", ", applications.Select(a => a.Name))}; 'gateway-agent list' shows what there is.");

        bool Is(ApplicationCertificate certificate) => certificate.Thumbprint == hex || certificate.Sha256 == hex;
    }
}
