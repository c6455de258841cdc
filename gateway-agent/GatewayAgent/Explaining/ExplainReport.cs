using Ua.Client;
using Ua.Security.Certificates;

namespace GatewayAgent.Explaining;

/// <summary>What <c>explain</c> asks for.</summary>
/// <param name="Application">Null means all.</param>
/// <param name="What">A file, a thumbprint or an opc.tcp URL, as it was typed.</param>
/// <param name="Certificate">The content of the file, where it is one.</param>
/// <param name="Role">What the owner of the certificate is to the gateway; null means all that the gateway has to do with.</param>
internal sealed record ExplainOrder(string? Application, string What, byte[]? Certificate, PeerRole? Role);

/// <summary>What <c>explain</c> prints.</summary>
/// <param name="Possible">Every case is.</param>
internal sealed record ExplainReport(string What, bool Possible, IReadOnlyList<ExplainedCase> Cases);

/// <summary>One gateway, and one store of it where it has several, against one certificate or endpoint.</summary>
/// <param name="Cause">What blocks first; None where nothing does.</param>
/// <param name="Judgements">Whose certificate is accepted by whom, with every step.</param>
/// <param name="Reasons">What blocks and what warns, in the order in which it matters.</param>
internal sealed record ExplainedCase(
    string Application, string Store, string Folder, bool Possible, Cause Cause, string Verdict, ConnectionSeen? Connection, IReadOnlyList<Judgement> Judgements, IReadOnlyList<Reason> Reasons);

/// <summary>What an attempt to connect showed.</summary>
/// <param name="Own">The certificate that was used; null where there is none and only discovery was possible.</param>
/// <param name="Stage">Where it ended; Done where all of it worked.</param>
/// <param name="StatusCode">The code that the other side, or the network, ended it with.</param>
/// <param name="Said">Its sentence.</param>
/// <param name="ClockDifferenceSeconds">The server's clock minus ours.</param>
/// <param name="Offered">Security modes and policies of its endpoints.</param>
internal sealed record ConnectionSeen(
    string EndpointUrl, string? Own, ProbeStage Stage, string? StatusCode, string? Said, double? ClockDifferenceSeconds, string? ServerApplicationUri, string? ServerCertificate, IReadOnlyList<string> Offered);
