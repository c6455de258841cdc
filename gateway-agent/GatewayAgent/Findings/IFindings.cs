using GatewayAgent.Refresh;

namespace GatewayAgent.Findings;

/// <summary>What lies in an application's folders that the GDS does not know: the source of the reports to the GDS.</summary>
internal interface IFindings
{
    /// <summary>Looks into the folders now; changes nothing.</summary>
    Task<FindingsReport> OfAsync(ManagedApplication application, CancellationToken cancellationToken);
}
