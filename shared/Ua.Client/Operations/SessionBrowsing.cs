using Ua.Core;

namespace Ua.Client;

/// <summary>Browse, BrowseNext and TranslateBrowsePathsToNodeIds (Part 4, 5.9).</summary>
public static class SessionBrowsing
{
    private static readonly ViewDescription s_everything = new(NodeId.Null, DateTime.MinValue, 0);

    /// <summary>All references of a node that fit, in as many round trips as the server needs.</summary>
    /// <param name="session">The session.</param>
    /// <param name="node">Where to start.</param>
    /// <param name="direction">Which way.</param>
    /// <param name="referenceType">With its subtypes; null is hierarchical references.</param>
    /// <param name="nodeClasses">Of the targets; Unspecified is all.</param>
    /// <param name="cancellationToken">Ends the browse; the server is told to forget it.</param>
    /// <exception cref="UaException">The status where it is bad, such as Bad_NodeIdUnknown.</exception>
    public static async Task<IReadOnlyList<ReferenceDescription>> BrowseAsync(
        this UaSession session,
        NodeId node,
        BrowseDirection direction = BrowseDirection.Forward,
        NodeId? referenceType = null,
        NodeClass nodeClasses = NodeClass.Unspecified,
        CancellationToken cancellationToken = default)
    {
        var description = new BrowseDescription(
            node, direction, referenceType ?? ReferenceTypeIds.HierarchicalReferences, IncludeSubtypes: true, (uint)nodeClasses, BrowseResultMask.All);
        var response = await session.SendAsync(new BrowseRequest(RequestHeader.Empty, s_everything, 0, [description]), cancellationToken).ConfigureAwait(false);
        var result = Single(response.Results, node, "Browse");
        var references = new List<ReferenceDescription>(result.References);
        while (result.ContinuationPoint is { Length: > 0 } more)
        {
            if (cancellationToken.IsCancellationRequested)
                await session.SendAsync(new BrowseNextRequest(RequestHeader.Empty, true, [more]), CancellationToken.None).ConfigureAwait(false);
            var next = await session.SendAsync(new BrowseNextRequest(RequestHeader.Empty, false, [more]), cancellationToken).ConfigureAwait(false);
            result = Single(next.Results, node, "BrowseNext");
            if (result.References.Length == 0 && result.ContinuationPoint is { Length: > 0 })
                throw new UaException(StatusCodes.BadUnknownResponse, $"The server continues the browse of {node} without returning references.");
            references.AddRange(result.References);
        }

        return references;
    }

    /// <summary>The node that a path of browse names leads to, by hierarchical references.</summary>
    /// <exception cref="UaException">Bad_NoMatch where there is none, and other statuses of the service.</exception>
    public static async Task<NodeId> TranslateAsync(this UaSession session, NodeId start, IReadOnlyList<QualifiedName> path, CancellationToken cancellationToken = default)
    {
        var elements = path.Select(name => new RelativePathElement(ReferenceTypeIds.HierarchicalReferences, IsInverse: false, IncludeSubtypes: true, name));
        var result = (await session.TranslateAsync([new BrowsePath(start, new RelativePath([.. elements]))], cancellationToken).ConfigureAwait(false))[0];
        var what = $"The path {string.Join('/', path)} from {start}";
        if (result.StatusCode.IsBad) throw new UaException(result.StatusCode, $"{what} leads nowhere: {result.StatusCode}.");
        var whole = result.Targets.Where(t => t.RemainingPathIndex == uint.MaxValue && t.TargetId.IsLocal).ToList();
        return whole.Count > 0 ? whole[0].TargetId.NodeId : throw new UaException(StatusCodes.BadNoMatch, $"{what} leads to no node of this server.");
    }

    /// <summary>Translates paths; one result for each.</summary>
    public static async Task<BrowsePathResult[]> TranslateAsync(this UaSession session, IReadOnlyList<BrowsePath> paths, CancellationToken cancellationToken = default)
    {
        var response = await session.SendAsync(new TranslateBrowsePathsToNodeIdsRequest(RequestHeader.Empty, [.. paths]), cancellationToken).ConfigureAwait(false);
        return Results.Expect(response.Results, paths.Count, "TranslateBrowsePathsToNodeIds");
    }

    private static BrowseResult Single(BrowseResult[] results, NodeId node, string service)
    {
        var result = Results.Expect(results, 1, service)[0];
        return result.StatusCode.IsBad ? throw new UaException(result.StatusCode, $"{node} cannot be browsed: {result.StatusCode}.") : result;
    }
}
