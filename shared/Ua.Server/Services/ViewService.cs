using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Nodes;
using Ua.Server.Sessions;

namespace Ua.Server.Services;

/// <summary>The view service set (Part 4, 5.9): Browse with its continuation, browse paths, registered nodes.</summary>
internal sealed class ViewService(AddressSpace space, Browser browser, PathTranslator translator, OperationLimits limits) : IServiceSet
{
    public IEnumerable<ServiceRoute> Routes =>
    [
        ServiceRoute.Quick<BrowseRequest>(Browse),
        ServiceRoute.Quick<BrowseNextRequest>(BrowseNext),
        ServiceRoute.Quick<TranslateBrowsePathsToNodeIdsRequest>(Translate),
        ServiceRoute.Quick<RegisterNodesRequest>(Register),
        ServiceRoute.Quick<UnregisterNodesRequest>(Unregister),
    ];

    private BrowseResponse Browse(BrowseRequest request, ServiceCall call)
    {
        CheckView(request.View);
        Operations.Check(request.NodesToBrowse, limits.MaxNodesPerBrowse);
        var atATime = request.RequestedMaxReferencesPerNode == 0
            ? limits.MaxReferencesPerNode
            : (int)Math.Min(request.RequestedMaxReferencesPerNode, (uint)limits.MaxReferencesPerNode);
        var results = Array.ConvertAll(request.NodesToBrowse, wanted => BrowseOne(wanted, atATime, call));
        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.StatusCode);
        return new BrowseResponse(call.Good(), results, diagnostics);
    }

    private BrowseResult BrowseOne(BrowseDescription wanted, int atATime, ServiceCall call)
    {
        var status = browser.Browse(wanted, call.Caller, out var references);
        return status.IsBad ? new BrowseResult(status, null, []) : Part(new BrowseRest(references, 0, atATime), call.Session.BrowsePoints);
    }

    private BrowseNextResponse BrowseNext(BrowseNextRequest request, ServiceCall call)
    {
        Operations.Check(request.ContinuationPoints, limits.MaxNodesPerBrowse);
        var points = call.Session.BrowsePoints;
        var results = Array.ConvertAll(request.ContinuationPoints, id => points.Take(id) switch
        {
            null => new BrowseResult(StatusCodes.BadContinuationPointInvalid, null, []),
            _ when request.ReleaseContinuationPoints => new BrowseResult(StatusCodes.Good, null, []),
            var rest => Part(rest, points),
        });
        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.StatusCode);
        return new BrowseNextResponse(call.Good(), results, diagnostics);
    }

    /// <summary>The next references, and a continuation point where more are left.</summary>
    private static BrowseResult Part(BrowseRest rest, ContinuationPoints points)
    {
        var end = Math.Min(rest.References.Count, rest.Position + rest.AtATime);
        byte[]? point = null;
        if (end < rest.References.Count && (point = points.Keep(rest with { Position = end })) is null)
            return new BrowseResult(StatusCodes.BadNoContinuationPoints, null, []);
        return new BrowseResult(StatusCodes.Good, point, [.. rest.References[rest.Position..end]]);
    }

    private TranslateBrowsePathsToNodeIdsResponse Translate(TranslateBrowsePathsToNodeIdsRequest request, ServiceCall call)
    {
        Operations.Check(request.BrowsePaths, limits.MaxNodesPerTranslateBrowsePaths);
        var results = Array.ConvertAll(request.BrowsePaths, path => translator.Translate(path, call.Caller));
        var diagnostics = call.Diagnostics.OfOperations(results, static r => r.StatusCode);
        return new TranslateBrowsePathsToNodeIdsResponse(call.Good(), results, diagnostics);
    }

    /// <summary>Lookups are quick for every node, so a registered id is the id itself (Part 4, 5.9.5).</summary>
    private RegisterNodesResponse Register(RegisterNodesRequest request, ServiceCall call)
    {
        Operations.Check(request.NodesToRegister, limits.MaxNodesPerRegisterNodes);
        return new RegisterNodesResponse(call.Good(), request.NodesToRegister);
    }

    private UnregisterNodesResponse Unregister(UnregisterNodesRequest request, ServiceCall call)
    {
        Operations.Check(request.NodesToUnregister, limits.MaxNodesPerRegisterNodes);
        return new UnregisterNodesResponse(call.Good());
    }

    private void CheckView(ViewDescription view)
    {
        if (view.ViewId.IsNull) return;
        if (space.Find(view.ViewId) is not { Class: NodeClass.View }) throw new UaException(StatusCodes.BadViewIdUnknown, $"There is no view {view.ViewId}.");
    }
}
