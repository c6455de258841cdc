using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Browsing and following paths.</summary>
public sealed class BrowserTests
{
    private readonly AddressSpace _space = Spaces.WithGds();

    private static BrowseDescription Of(uint node, BrowseDirection direction = BrowseDirection.Forward, uint type = 33, bool subtypes = true, uint classes = 0, BrowseResultMask mask = BrowseResultMask.All) =>
        new(new NodeId(node), direction, type == 0 ? NodeId.Null : new NodeId(type), subtypes, classes, mask);

    private List<ReferenceDescription> Browse(BrowseDescription wanted, ICallContext? caller = null)
    {
        new Browser(_space).Browse(wanted, caller ?? TestCaller.Admin, out var references).ShouldBe(StatusCodes.Good);
        return references;
    }

    private string[] Names(BrowseDescription wanted) => [.. Browse(wanted).Select(r => r.BrowseName.Name!)];

    [Fact]
    public void Root_has_its_three_folders() => Names(Of(84)).ShouldBe(["Objects", "Types", "Views"]);

    [Theory]
    [InlineData(35u, true, new[] { "Objects", "Types", "Views" })]
    [InlineData(33u, false, new string[0])]
    [InlineData(47u, true, new string[0])]
    [InlineData(0u, false, new[] { "Objects", "Types", "Views", "FolderType" })]
    [InlineData(40u, false, new[] { "FolderType" })]
    public void The_reference_type_is_a_filter(uint type, bool subtypes, string[] names) => Names(Of(84, type: type, subtypes: subtypes)).ShouldBe(names, ignoreOrder: true);

    [Fact]
    public void The_direction_is_a_filter()
    {
        Names(Of(85, BrowseDirection.Inverse)).ShouldBe(["Root"]);
        Browse(Of(85, BrowseDirection.Both)).Count(r => !r.IsForward).ShouldBe(1);
        Names(Of(22, BrowseDirection.Inverse, 45)).ShouldBe(["BaseDataType"]);
    }

    [Fact]
    public void The_node_class_is_a_filter()
    {
        var all = Browse(Of(2253));
        var methods = Browse(Of(2253, classes: (uint)NodeClass.Method));
        methods.ShouldNotBeEmpty();
        methods.ShouldAllBe(r => r.NodeClass == NodeClass.Method);
        Browse(Of(2253, classes: (uint)(NodeClass.Object | NodeClass.Variable))).Count.ShouldBe(all.Count - methods.Count);
    }

    [Fact]
    public void The_result_mask_leaves_fields_empty()
    {
        var full = Browse(Of(85)).Single(r => r.NodeId.NodeId == new NodeId(2253));
        full.ShouldBe(new ReferenceDescription(ReferenceTypeIds.Organizes, true, new NodeId(2253), new QualifiedName("Server"), new LocalizedText("Server"), NodeClass.Object, new NodeId(2004)));
        var bare = Browse(Of(85, mask: BrowseResultMask.None)).Single(r => r.NodeId.NodeId == new NodeId(2253));
        bare.ShouldBe(new ReferenceDescription(NodeId.Null, false, new NodeId(2253), default, default, NodeClass.Unspecified, NodeId.Null));
    }

    [Fact]
    public void What_the_caller_may_not_browse_is_not_listed()
    {
        var secret = _space.AddFolder(Spaces.Objects, Spaces.Id("Secret"), Spaces.Name("Secret"));
        secret.RolePermissions = [new(TestCaller.SecurityAdmin, PermissionType.Browse)];
        Names(Of(85)).ShouldContain("Secret");
        Browse(Of(85), new TestCaller()).ShouldNotContain(r => r.BrowseName == secret.BrowseName);
        new Browser(_space).Browse(Of(85) with { NodeId = secret.Id }, new TestCaller(), out _).ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public void What_cannot_be_browsed_says_why()
    {
        var browser = new Browser(_space);
        browser.Browse(Of(999999), TestCaller.Admin, out _).ShouldBe(StatusCodes.BadNodeIdUnknown);
        browser.Browse(Of(84, BrowseDirection.Invalid), TestCaller.Admin, out _).ShouldBe(StatusCodes.BadBrowseDirectionInvalid);
        browser.Browse(Of(84, type: 85), TestCaller.Admin, out _).ShouldBe(StatusCodes.BadReferenceTypeIdInvalid);
    }

    private BrowsePathResult Follow(uint start, params (string Name, ushort Namespace)[] names) => new PathTranslator(_space).Translate(
        new BrowsePath(new NodeId(start), new RelativePath([.. names.Select(n => new RelativePathElement(ReferenceTypeIds.HierarchicalReferences, false, true, new QualifiedName(n.Name, n.Namespace)))])),
        TestCaller.Admin);

    [Fact]
    public void A_path_of_names_leads_to_the_trust_list_methods()
    {
        Follow(14156, ("TrustList", 0), ("OpenWithMasks", 0)).Targets.Single().ShouldBe(new BrowsePathTarget(new NodeId(12663), uint.MaxValue));
        Follow(85, ("Directory", 2), ("FindApplications", 2), ("InputArguments", 0)).Targets.Single().TargetId.NodeId.ShouldBe(new NodeId(144, 2));
    }

    [Fact]
    public void An_empty_last_name_takes_every_target() => Follow(84, (null!, 0)).Targets.Length.ShouldBe(3);

    [Fact]
    public void An_inverse_step_goes_up()
    {
        var path = new BrowsePath(new NodeId(2253), new RelativePath([new(ReferenceTypeIds.Organizes, true, false, new QualifiedName("Objects"))]));
        new PathTranslator(_space).Translate(path, TestCaller.Admin).Targets.Single().TargetId.NodeId.ShouldBe(Spaces.Objects);
    }

    [Fact]
    public void Paths_that_lead_nowhere_say_why()
    {
        Follow(85, ("Directory", 0)).StatusCode.ShouldBe(StatusCodes.BadNoMatch);
        Follow(999999, ("Directory", 0)).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
        Follow(85).StatusCode.ShouldBe(StatusCodes.BadNothingToDo);
        Follow(85, (null!, 0), ("X", 0)).StatusCode.ShouldBe(StatusCodes.BadBrowseNameInvalid);
    }
}
