namespace GatewayAgent.State;

/// <summary>
/// Where an application's group and trust list are at the GDS, as they were found last, so that a cycle without news need not
/// ask again. The ids are the text of NodeIds; they mean what they say as long as the GDS has the same namespaces.
/// </summary>
/// <param name="ApplicationId">Of the registration they belong to; another one voids them.</param>
/// <param name="Namespaces">NamespaceArray of the GDS at that time.</param>
/// <param name="LastUpdateTimeId">The variable of the trust list.</param>
/// <param name="Found">When the GDS was asked for all of it, and whether it wants a new certificate.</param>
internal sealed record GdsPlaces(string ApplicationId, IReadOnlyList<string> Namespaces, string GroupId, string TrustListId, string LastUpdateTimeId, DateTimeOffset Found);
