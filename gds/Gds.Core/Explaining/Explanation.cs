using Gds.Store;
using Ua.Security.Certificates;

namespace Gds.Core.Explaining;

/// <summary>Whether two applications accept each other, by what the GDS knows of both.</summary>
/// <param name="Possible">Every direction that their types allow, and at least one.</param>
/// <param name="Cause">What blocks first; None where nothing does.</param>
public sealed record Explanation(ExplainedParty Application, ExplainedParty Peer, bool Possible, Cause Cause, string Verdict, IReadOnlyList<ExplainedDirection> Directions, IReadOnlyList<Reason> Reasons);

/// <summary>One of the two, as it is registered.</summary>
/// <param name="Id">Null for one that was unregistered.</param>
/// <param name="Groups">Names of its certificate groups.</param>
/// <param name="Certificate">The certificate that is judged; null where it has none.</param>
public sealed record ExplainedParty(Guid? Id, string ApplicationUri, string? Name, ApplicationType? Type, IReadOnlyList<string> Groups, ExplainedCertificate? Certificate);

/// <summary>The row of a certificate.</summary>
/// <param name="State">Null for one that is not of this GDS and was put on a trust list.</param>
/// <param name="IssuedFor">Who requested it, and who or which rule approved it.</param>
public sealed record ExplainedCertificate(
    string Thumbprint, string? SerialNumber, string Subject, CertificateState? State, string? IssuedFor, DateTime? IssuedAt, DateTime NotBefore, DateTime NotAfter, DateTime? RevokedAt, string? RevokedBy, RevocationCause? RevocationCause);

/// <summary>One connects to the other.</summary>
/// <param name="Judgements">The server judges the client's certificate, then the client the server's.</param>
public sealed record ExplainedDirection(string Client, string Server, string? EndpointUrl, bool Possible, IReadOnlyList<Judgement> Judgements, IReadOnlyList<Reason> Reasons);
