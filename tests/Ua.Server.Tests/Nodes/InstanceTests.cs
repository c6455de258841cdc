using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Instances made from their types.</summary>
public sealed class InstanceTests
{
    private readonly AddressSpace _space = Spaces.WithGds();

    private ObjectNode AddGroup(Func<string, bool>? include = null) =>
        _space.AddInstance(Spaces.Objects, Spaces.Id("Group"), Spaces.Name("Group"), new NodeId(12555), include: include);

    private static string[] Names(Node node) => [.. node.Children().Select(c => c.BrowseName.Name!)];

    [Fact]
    public void An_instance_has_the_mandatory_members_of_its_type_down_to_the_arguments()
    {
        var group = AddGroup();
        Names(group).ShouldBe(["TrustList", "CertificateTypes"], ignoreOrder: true);
        var trustList = group.Child(new QualifiedName("TrustList"))!;
        trustList.TypeDefinition!.Id.ShouldBe(new NodeId(12522));
        Names(trustList).ShouldBe(
            ["Size", "Writable", "UserWritable", "OpenCount", "Open", "Close", "Read", "Write", "GetPosition", "SetPosition", "LastUpdateTime", "OpenWithMasks", "CloseAndUpdate", "AddCertificate", "RemoveCertificate"],
            ignoreOrder: true);
        var open = (MethodNode)trustList.Child(new QualifiedName("OpenWithMasks"))!;
        open.InputArguments().Single().Name.ShouldBe("Masks");
        open.Declaration!.ModellingRule!.Id.ShouldBe(new NodeId(78));
        open.ModellingRule.ShouldBeNull();
    }

    [Fact]
    public void Optional_members_are_added_by_their_path()
    {
        var group = AddGroup(path => path is "GetRejectedList" or "TrustList/UpdateFrequency");
        Names(group).ShouldContain("GetRejectedList");
        Names(group).ShouldNotContain("CertificateExpired");
        Names(group.Child(new QualifiedName("TrustList"))!).ShouldContain("UpdateFrequency");
        Names(group.Child(new QualifiedName("TrustList"))!).ShouldNotContain("ActivityTimeout");
    }

    [Fact]
    public void Members_of_supertypes_are_there_and_a_subtype_overrides_them()
    {
        var configuration = _space.AddInstance(Spaces.Objects, Spaces.Id("App"), Spaces.Name("App"), new NodeId(25731));
        Names(configuration).ShouldContain("UpdateCertificate");
        Names(configuration).ShouldContain("Enabled");
        Names(configuration).ShouldContain("ApplicationUri");
        Names(configuration).ShouldBeUnique();
        var groups = configuration.Child(new QualifiedName("CertificateGroups"))!;
        Names(groups).ShouldBe(["DefaultApplicationGroup"]);
        Names(groups.Children().Single()).ShouldContain("TrustList");
    }

    [Fact]
    public void Ids_below_an_instance_follow_from_its_own_id()
    {
        var group = AddGroup();
        group.Child(new QualifiedName("TrustList"))!.Id.ShouldBe(new NodeId("Group/TrustList", Spaces.Own));
        AddressSpace.ChildId(new NodeId(7, 2), new QualifiedName("A", 2)).ShouldBe(new NodeId("i=7/2:A", 2));
    }

    [Fact]
    public void An_instance_that_cannot_be_made_whole_leaves_nothing_behind()
    {
        _space.AddFolder(Spaces.Objects, Spaces.Id("Group/TrustList"), Spaces.Name("Other"));
        var before = _space.Count;
        Should.Throw<UaException>(() => AddGroup()).StatusCode.ShouldBe(StatusCodes.BadNodeIdExists);
        _space.Count.ShouldBe(before);
        _space.Get<Node>(Spaces.Objects).Child(Spaces.Name("Group")).ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_an_instance_of_an_abstract_type() =>
        Should.Throw<UaException>(() => _space.AddInstance(Spaces.Objects, Spaces.Id("x"), Spaces.Name("x"), new NodeId(2130))).StatusCode.ShouldBe(StatusCodes.BadTypeDefinitionInvalid);
}
