using Ua.Core;
using Ua.Server.Conditions;
using Ua.Server.Identity;
using Ua.Server.Nodes;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Conditions;

/// <summary>Conditions as clients find them in the address space (Part 9, 6).</summary>
public sealed class ConditionNodeTests
{
    [Fact]
    public async Task They_are_found_from_the_server_over_notifier_and_source()
    {
        await using var scene = await AlarmScene.BeginAsync();
        var space = scene.Server.Space;
        Targets(new NodeId(2253), ReferenceTypeIds.HasNotifier).ShouldContain(AlarmScene.Group);
        Targets(AlarmScene.Group, ReferenceTypeIds.HasCondition).ShouldBe([scene.Expired, scene.Alarms.TrustListOutOfDate.Id]);
        Targets(AlarmScene.Group, ReferenceTypeIds.HasComponent).ShouldContain(scene.Expired);
        space.Get<ObjectNode>(AlarmScene.Group).EventNotifier.ShouldBe((byte)1);
        space.Find(scene.Expired)!.TypeDefinition!.Id.ShouldBe(new NodeId(13225));
        Targets(new NodeId($"{scene.Expired.Identifier}/EnabledState", 1), ReferenceTypeIds.HasTrueSubState).Count.ShouldBe(2);

        List<NodeId> Targets(NodeId id, NodeId type) => [.. References(space.Find(id)!, type)];
    }

    [Fact]
    public async Task All_their_variables_have_a_value_and_all_their_methods_run()
    {
        await using var scene = await AlarmScene.BeginAsync(s => s.Has("A", TimeSpan.FromDays(1)));
        foreach (var id in new[] { scene.Expired, scene.Alarms.TrustListOutOfDate.Id })
        {
            var below = Below(scene.Server.Space.Find(id)!).ToList();
            below.OfType<VariableNode>().Where(v => v.Value.Status.IsBad).Select(v => v.Id.ToString()).ShouldBeEmpty();
            below.OfType<MethodNode>().Select(m => m.BrowseName.Name).Order().ShouldBe(["Acknowledge", "AddComment", "Disable", "Enable"]);
            below.OfType<MethodNode>().ShouldAllBe(m => m.IsExecutable);
            below.OfType<VariableNode>().Where(v => v.AccessLevel.HasFlag(AccessLevels.CurrentWrite)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Who_may_not_see_the_group_neither_sees_nor_hears_its_alarms()
    {
        const PermissionType all = (PermissionType)65423;
        var (scene, _) = await AlarmScene.ActiveAsync([new RolePermissionType(WellKnownRoles.SecurityAdmin, all)]);
        await using var disposing = scene;
        var guest = await scene.Server.ConnectAsync(new TestUser.PasswordUser("guest", "gäst"));
        (await guest.ReadAsync(new NodeId($"{scene.Expired.Identifier}/ActiveState/Id", 1))).Status.ShouldBe(StatusCodes.BadUserAccessDenied);
        (await scene.Admin.ReadAsync(new NodeId($"{scene.Expired.Identifier}/ActiveState/Id", 1))).Value.ShouldBe(true);
        (await scene.Admin.ReadAsync(new NodeId($"{scene.Expired.Identifier}/Acknowledge/InputArguments", 1))).Status.ShouldBe(StatusCodes.Good);
        var heard = await TestSubscription.CreateAsync(scene.Server, guest, keepAlive: 2);
        await heard.MonitorAsync(new NodeId(2253), AttributeId.EventNotifier, filter: AlarmScene.Filter(), queueSize: 0);
        scene.Has("B", TimeSpan.FromDays(1));
        scene.Alarms.Changed();
        (await scene.EventsAsync(heard)).ShouldBeEmpty();
        (await scene.EventsAsync()).ShouldHaveSingleItem();
        (await guest.CallAsync(new NodeId(2782), new NodeId(3875), heard.Id)).StatusCode.ShouldBe(StatusCodes.Good);
        (await scene.EventsAsync(heard)).Select(e => ((NodeId)e["EventType"].Value!).Numeric).ShouldBe([2787u, 2788u]);
    }

    [Fact]
    public async Task They_go_with_their_group_and_can_come_again()
    {
        await using var scene = await AlarmScene.BeginAsync();
        var alarms = scene.Server.Get<CertificateGroupAlarms>();
        await Should.ThrowAsync<UaException>(alarms.AttachAsync(AlarmScene.Group, scene.Facts));
        alarms.Detach(AlarmScene.Group);
        scene.Server.Space.Find(scene.Expired).ShouldBeNull();
        (await scene.Admin.CallAsync(scene.Expired, new NodeId(9028))).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
        await alarms.AttachAsync(AlarmScene.Group, scene.Facts, cancellationToken: TestContext.Current.CancellationToken);
        scene.Server.Space.Find(scene.Expired).ShouldNotBeNull();
    }

    private static IEnumerable<NodeId> References(Node node, NodeId type)
    {
        foreach (var reference in node.References.ToArray())
            if (reference.IsForward && reference.Type.Id == type) yield return reference.Target.Id;
    }

    private static IEnumerable<Node> Below(Node node) => node.Children().SelectMany(c => Below(c).Prepend(c));
}
