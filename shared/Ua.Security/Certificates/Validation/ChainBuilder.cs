using Pki;

namespace Ua.Security.Certificates;

/// <summary>
/// Step 2: finds the ways from a leaf to a root. Issuers come from the lists and from what the peer sent; what the peer
/// sent serves to build only. Bounded in depth, in ways and in signatures that are checked, whatever the input.
/// </summary>
internal sealed class ChainBuilder(TrustLists lists, IReadOnlyList<ApplicationCertificate> sent, string sentFrom = ChainLink.SentByPeer)
{
    public const int MostChains = 8;
    public const int MostSignatureChecks = 40;

    private readonly List<CandidateChain> _found = [];
    private readonly Dictionary<(ApplicationCertificate, ApplicationCertificate), bool> _verified = [];
    private CandidateChain? _longestPartial;

    /// <summary>Complete chains first; where there is none, the longest beginning of one.</summary>
    public IReadOnlyList<CandidateChain> Build()
    {
        var leaf = sent[0];
        Extend([new ChainLink(leaf, lists.SourceOfTrust(leaf) ?? sentFrom)]);
        return _found.Count > 0 ? _found : [_longestPartial!];
    }

    private void Extend(List<ChainLink> path)
    {
        if (_found.Count >= MostChains) return;
        var top = path[^1];
        if (top.Certificate.IsSelfSigned)
        {
            _found.Add(new CandidateChain([.. path], IsComplete: true));
            return;
        }

        if (path.Count == CertificateChainBytes.LongestChain)
        {
            KeepPartial(path, $"The chain of {CandidateChain.Describe(path[0].Certificate)} has more than {CertificateChainBytes.LongestChain} certificates.", Cause.ChainUnusable);
            return;
        }

        var named = IssuersByName(top.Certificate);
        var signers = named.Where(c => Verifies(top.Certificate, c.Certificate)).ToList();
        var upwards = signers.Where(c => !path.Any(p => p.Certificate.Equals(c.Certificate))).ToList();
        foreach (var issuer in upwards) Extend([.. path, issuer]);
        if (signers.Count == 0) GiveUp(path, named);
        else if (upwards.Count == 0) KeepPartial(path, $"The issuers of the certificate {CandidateChain.Describe(path[0].Certificate)} lead in a circle and never to a root.", Cause.ChainUnusable);
    }

    private void GiveUp(List<ChainLink> path, List<ChainLink> named)
    {
        var top = path[^1];
        var who = CandidateChain.Describe(top.Certificate);
        if (named.Count > 0)
        {
            KeepPartial(path, $"The signature of the certificate {who} was not made by its issuer {CandidateChain.Describe(named[0].Certificate)} ({named[0].Source}).", Cause.SignatureWrong, top);
        }
        else if (top.Certificate.IsSelfIssued)
        {
            KeepPartial(path, $"The certificate {who} claims to be signed by itself, but its signature is wrong.", Cause.SignatureWrong, top);
        }
        else
        {
            KeepPartial(path, $"The issuer '{top.Certificate.Issuer}' of the certificate {who} is neither in the trusted nor in the issuer list, and was not sent.", Cause.IssuerMissing);
        }
    }

    private void KeepPartial(List<ChainLink> path, string problem, Cause cause, ChainLink? badSignature = null)
    {
        if (_longestPartial is null || path.Count > _longestPartial.Links.Count)
        {
            _longestPartial = new CandidateChain([.. path], IsComplete: false, problem, badSignature, cause);
        }
    }

    /// <summary>Issuers by name; those whose key identifier fits come first, and a misfit is left to the signature.</summary>
    private List<ChainLink> IssuersByName(ApplicationCertificate child)
    {
        var links = lists.WithSubject(child.Issuer).Select(c => new ChainLink(c.Certificate, c.Source))
            .Concat(sent.Skip(1).Select(c => new ChainLink(c, sentFrom)))
            .Where(c => SubjectName.AreEqual(c.Certificate.Name, child.IssuerName))
            .DistinctBy(c => c.Certificate);
        return [.. links.OrderByDescending(c => c.Certificate.IsIssuerOf(child))];
    }

    private bool Verifies(ApplicationCertificate child, ApplicationCertificate issuer)
    {
        if (_verified.TryGetValue((child, issuer), out var known)) return known;
        if (_verified.Count >= MostSignatureChecks) return false;
        return _verified[(child, issuer)] = child.IsSignedBy(issuer);
    }
}
