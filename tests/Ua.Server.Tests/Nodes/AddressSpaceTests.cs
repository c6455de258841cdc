using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Adding and removing nodes while the server runs.</summary>
public sealed class AddressSpaceTests
{
    private readonly AddressSpace _space = Spaces.WithGds();

    [Fact]
    public void A_folder_an_object_and_a_variable_are_found_where_they_were_put()
    {
        var folder = _space.AddFolder(Spaces.Objects, Spaces.Id("Line"), Spaces.Name("Line"));
        var machine = _space.AddObject(folder.Id, Spaces.Id("Press"), Spaces.Name("Press"), new NodeId(58));
        folder.Parent!.Id.ShouldBe(Spaces.Objects);
        folder.TypeDefinition!.Id.ShouldBe(new NodeId(61));
        folder.Children().ShouldBe([machine]);
        folder.Child(Spaces.Name("Press")).ShouldBe(machine);
        _space.Find(machine.Id).ShouldBe(machine);
    }

    [Fact]
    public void Removing_a_node_removes_what_it_aggregates_and_leaves_no_reference_behind()
    {
        var before = _space.Count;
        var objectsBefore = _space.Get<Node>(Spaces.Objects).References.Length;
        var machine = _space.AddInstance(Spaces.Objects, Spaces.Id("Trust"), Spaces.Name("Trust"), new NodeId(12555));
        List<Node> removed = [];
        _space.Removed += removed.Add;
        _space.Remove(machine.Id).ShouldBeTrue();
        _space.Count.ShouldBe(before);
        _space.Get<Node>(Spaces.Objects).References.Length.ShouldBe(objectsBefore);
        removed.ShouldContain(machine);
        removed.Count.ShouldBeGreaterThan(10);
        removed.ConvertAll(n => n.References.Length).ShouldAllBe(count => count == 0);
        _space.Remove(machine.Id).ShouldBeFalse();
    }

    [Fact]
    public void A_node_that_another_parent_also_holds_stays()
    {
        var one = _space.AddObject(Spaces.Objects, Spaces.Id("One"), Spaces.Name("One"), new NodeId(58));
        var two = _space.AddObject(Spaces.Objects, Spaces.Id("Two"), Spaces.Name("Two"), new NodeId(58));
        var shared = _space.AddObject(one.Id, Spaces.Id("Shared"), Spaces.Name("Shared"), new NodeId(58));
        _space.AddReference(two.Id, ReferenceTypeIds.HasComponent, shared.Id);
        _space.Remove(one.Id).ShouldBeTrue();
        shared.Parent.ShouldBe(two);
        _space.Find(shared.Id).ShouldBe(shared);
    }

    [Fact]
    public void A_reference_is_added_once_and_removed_from_both_ends()
    {
        var one = _space.AddFolder(Spaces.Objects, Spaces.Id("One"), Spaces.Name("One"));
        var two = _space.AddFolder(Spaces.Objects, Spaces.Id("Two"), Spaces.Name("Two"));
        _space.AddReference(one.Id, ReferenceTypeIds.Organizes, two.Id);
        _space.AddReference(one.Id, ReferenceTypeIds.Organizes, two.Id);
        one.Children().ShouldBe([two]);
        _space.RemoveReference(one.Id, ReferenceTypeIds.Organizes, two.Id).ShouldBeTrue();
        _space.RemoveReference(one.Id, ReferenceTypeIds.Organizes, two.Id).ShouldBeFalse();
        one.Children().ShouldBeEmpty();
        two.References.ToArray().Count(r => !r.IsForward).ShouldBe(1);
    }

    [Fact]
    public void What_cannot_be_added_says_why()
    {
        Status(() => _space.AddFolder(Spaces.Objects, Spaces.Objects, Spaces.Name("x"))).ShouldBe(StatusCodes.BadNodeIdExists);
        Status(() => _space.AddFolder(Spaces.Id("none"), Spaces.Id("x"), Spaces.Name("x"))).ShouldBe(StatusCodes.BadParentNodeIdInvalid);
        Status(() => _space.AddFolder(Spaces.Objects, Spaces.Id("x"), Spaces.Name("x"), Spaces.Objects)).ShouldBe(StatusCodes.BadReferenceTypeIdInvalid);
        Status(() => _space.AddObject(Spaces.Objects, Spaces.Id("x"), Spaces.Name("x"), new NodeId(2130))).ShouldBe(StatusCodes.BadTypeDefinitionInvalid);
        Status(() => _space.Get<MethodNode>(Spaces.Objects)).ShouldBe(StatusCodes.BadNodeClassInvalid);
        Status(() => _space.AddReference(new NodeId(7594), ReferenceTypeIds.HasSubtype, new NodeId(22))).ShouldBe(StatusCodes.BadReferenceNotAllowed);
        _space.Find(Spaces.Id("x")).ShouldBeNull();

        static StatusCode Status(Action action) => Should.Throw<UaException>(action).StatusCode;
    }

    [Fact]
    public void Types_know_what_they_are_derived_from()
    {
        _space.IsSubtypeOf(new NodeId(46), ReferenceTypeIds.HierarchicalReferences).ShouldBeTrue();
        _space.IsSubtypeOf(new NodeId(40), ReferenceTypeIds.HierarchicalReferences).ShouldBeFalse();
        _space.IsSubtypeOf(new NodeId(12560), new NodeId(12557)).ShouldBeTrue();
        _space.IsSubtypeOf(new NodeId(12557), new NodeId(12560)).ShouldBeFalse();
        _space.IsSubtypeOf(new NodeId(12560), new NodeId(12560)).ShouldBeTrue();
        _space.IsSubtypeOf(Spaces.Objects, new NodeId(61)).ShouldBeFalse();
        _space.Subtypes(new NodeId(12556)).Select(t => t.Id.Numeric).ShouldContain(12560u);
    }

    [Fact]
    public async Task Readers_see_whole_references_while_nodes_come_and_go()
    {
        var folder = _space.AddFolder(Spaces.Objects, Spaces.Id("Line"), Spaces.Name("Line"));
        using var stop = new CancellationTokenSource();
        var reads = 0;
        var reader = Task.Run(() =>
        {
            var browser = new Browser(_space);
            var wanted = new BrowseDescription(folder.Id, BrowseDirection.Both, NodeId.Null, true, 0, BrowseResultMask.All);
            while (!stop.IsCancellationRequested)
            {
                browser.Browse(wanted, TestCaller.Admin, out var references).ShouldBe(StatusCodes.Good);
                references.ShouldAllBe(r => r.NodeClass != NodeClass.Unspecified);
                Interlocked.Increment(ref reads);
            }
        });
        for (var i = 0; i < 2_000 || Volatile.Read(ref reads) == 0; i++)
        {
            var name = $"N{i % 50}";
            if (!_space.Remove(Spaces.Id(name))) _space.AddFolder(folder.Id, Spaces.Id(name), Spaces.Name(name));
        }

        await stop.CancelAsync();
        await reader;
        reads.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Namespaces_are_added_once_and_resolve_expanded_ids()
    {
        var index = _space.Namespaces.Add("urn:model");
        _space.Namespaces.Add("urn:model").ShouldBe(index);
        _space.Namespaces.IndexOf("urn:none").ShouldBe(-1);
        _space.Namespaces.TryResolve(new ExpandedNodeId(new NodeId("a", 0), "urn:model"), out var id).ShouldBeTrue();
        id.ShouldBe(new NodeId("a", index));
        _space.Namespaces.TryResolve(new ExpandedNodeId(new NodeId(7), "urn:none"), out _).ShouldBeFalse();
        _space.Namespaces.TryResolve(new ExpandedNodeId(new NodeId(7), null, 1), out _).ShouldBeFalse();
        _space.Namespaces.TryResolve(new NodeId(7, 2), out var local).ShouldBeTrue();
        local.ShouldBe(new NodeId(7, 2));
    }
}
