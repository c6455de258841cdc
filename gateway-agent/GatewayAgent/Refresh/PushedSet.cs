using GatewayAgent.Folders;
using GatewayAgent.State;
using Ua.Security.Certificates;

namespace GatewayAgent.Refresh;

/// <summary>What a manager pushed to an application.</summary>
/// <param name="List">The whole trust list; null leaves the one that is there.</param>
/// <param name="Own">A new certificate with its key; null leaves the present one.</param>
internal sealed record PushedSet(TrustSet? List, IdentityCertificate? Own);

/// <summary>What a push has replaced: the way back.</summary>
/// <param name="Update">The name of the change, by which a folder tells whether another one came after it.</param>
/// <param name="Stores">Those that the change has changed.</param>
/// <param name="TrustList">The trust list that was in force; null where there was none.</param>
/// <param name="ListContent">The bytes of the trust list that was in force; null where none was kept.</param>
internal sealed record PushReceipt(string Update, IReadOnlyList<GatewayStore> Stores, TrustListState? TrustList, byte[]? ListContent, IReadOnlyList<LocalDecision> Local);
