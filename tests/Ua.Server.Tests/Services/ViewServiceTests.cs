using Ua.Core;
using Ua.Server.Hosting;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Services;

/// <summary>Browse with its continuation, as a session sees it.</summary>
public sealed class ViewServiceTests
{
    private static readonly BrowseDescription s_server = new(new NodeId(2253), BrowseDirection.Forward, ReferenceTypeIds.HierarchicalReferences, true, 0, BrowseResultMask.All);

    private static BrowseRequest Browse(TestSession session, uint most, params BrowseDescription[] nodes) =>
        new(session.Header(), new ViewDescription(NodeId.Null, DateTime.MinValue, 0), most, nodes);

    [Fact]
    public async Task A_browse_goes_on_where_it_stopped_until_nothing_is_left()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        var all = (await session.SendAsync<BrowseResponse>(Browse(session, 0, s_server))).Results.ShouldHaveSingleItem();
        all.ContinuationPoint.ShouldBeNull();
        var found = new List<ReferenceDescription>();
        var part = (await session.SendAsync<BrowseResponse>(Browse(session, 3, s_server))).Results.ShouldHaveSingleItem();
        while (true)
        {
            found.AddRange(part.References);
            if (part.ContinuationPoint is not { } point) break;
            part.References.Length.ShouldBe(3);
            part = (await session.SendAsync<BrowseNextResponse>(new BrowseNextRequest(session.Header(), false, [point]))).Results.ShouldHaveSingleItem();
        }

        found.ShouldBe(all.References);
    }

    [Fact]
    public async Task A_continuation_point_counts_once_and_only_in_its_session()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        var other = await server.ConnectAsync();
        var point = (await session.SendAsync<BrowseResponse>(Browse(session, 1, s_server))).Results[0].ContinuationPoint;
        (await NextAsync(other, false, point!)).StatusCode.ShouldBe(StatusCodes.BadContinuationPointInvalid);
        (await NextAsync(session, true, point!)).References.ShouldBeEmpty();
        (await NextAsync(session, false, point!)).StatusCode.ShouldBe(StatusCodes.BadContinuationPointInvalid);
        (await NextAsync(session, false, [1, 2, 3])).StatusCode.ShouldBe(StatusCodes.BadContinuationPointInvalid);
    }

    [Fact]
    public async Task Continuation_points_are_bounded()
    {
        await using var server = await TestServer.StartAsync(o => o.Sessions = new SessionLimits { MaxBrowseContinuationPoints = 5 });
        var session = await server.ConnectAsync();
        var results = (await session.SendAsync<BrowseResponse>(Browse(session, 1, [.. Enumerable.Repeat(s_server, 6)]))).Results;
        results.Count(r => r.ContinuationPoint is not null).ShouldBe(5);
        results[5].StatusCode.ShouldBe(StatusCodes.BadNoContinuationPoints);
        (await session.ReadAsync(new NodeId(2735))).Value.Value.ShouldBe((ushort)5);
    }

    [Fact]
    public async Task A_view_that_is_not_there_is_unknown()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        var request = Browse(session, 0, s_server) with { View = new ViewDescription(new NodeId(85), DateTime.MinValue, 0) };
        (await session.FailAsync(request)).ShouldBe(StatusCodes.BadViewIdUnknown);
    }

    [Fact]
    public async Task Paths_are_followed_and_registered_nodes_keep_their_ids()
    {
        await using var server = await TestServer.StartAsync();
        var session = await server.ConnectAsync();
        RelativePathElement Step(string name) => new(ReferenceTypeIds.HierarchicalReferences, false, true, new QualifiedName(name));
        var translated = await session.SendAsync<TranslateBrowsePathsToNodeIdsResponse>(new TranslateBrowsePathsToNodeIdsRequest(session.Header(),
        [
            new BrowsePath(new NodeId(85), new RelativePath([Step("Server"), Step("ServerStatus"), Step("CurrentTime")])),
            new BrowsePath(new NodeId(85), new RelativePath([Step("Nothing")])),
        ]));
        translated.Results[0].Targets.ShouldHaveSingleItem().TargetId.NodeId.ShouldBe(new NodeId(2258));
        translated.Results[1].StatusCode.ShouldBe(StatusCodes.BadNoMatch);
        NodeId[] nodes = [new(2258), new(1, 9)];
        (await session.SendAsync<RegisterNodesResponse>(new RegisterNodesRequest(session.Header(), nodes))).RegisteredNodeIds.ShouldBe(nodes);
        await session.SendAsync<UnregisterNodesResponse>(new UnregisterNodesRequest(session.Header(), nodes));
    }

    private static async Task<BrowseResult> NextAsync(TestSession session, bool release, byte[] point) =>
        (await session.SendAsync<BrowseNextResponse>(new BrowseNextRequest(session.Header(), release, [point]))).Results.ShouldHaveSingleItem();
}
