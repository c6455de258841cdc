using Pki;

namespace Ua.Security.Certificates;

/// <summary>A certificate of a chain and where it came from.</summary>
/// <param name="Source">A file, a list, or "sent by the peer".</param>
internal sealed record ChainLink(ApplicationCertificate Certificate, string Source)
{
    public const string SentByPeer = "sent by the peer";
}

/// <summary>One way from the leaf upwards.</summary>
/// <param name="IsComplete">The last link is a root.</param>
/// <param name="Problem">What the search for the next issuer ended with, where it did not end at a root.</param>
/// <param name="BadSignature">The link whose signature no key at hand explains.</param>
/// <param name="Cause">The same as the problem, in one word.</param>
internal sealed record CandidateChain(IReadOnlyList<ChainLink> Links, bool IsComplete, string? Problem = null, ChainLink? BadSignature = null, Cause Cause = Cause.None)
{
    public ApplicationCertificate Leaf => Links[0].Certificate;

    public bool IsSelfSignedLeaf => Links.Count == 1 && IsComplete;

    public static string Describe(ApplicationCertificate certificate) => $"'{certificate.Subject}' [{certificate.Thumbprint}]";
}
