using System.Text;
using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>The format of the node tables.</summary>
public sealed class NodeTableTests
{
    private const string Head = "#nodes 1\n#namespace 0 http://opcfoundation.org/UA/\n#namespace 1 urn:model 1.0\n";

    private static AddressSpace Load(string rows)
    {
        var space = Spaces.Standard();
        space.Load(new MemoryStream(Encoding.UTF8.GetBytes(Head + rows)));
        return space;
    }

    [Fact]
    public void A_namespace_of_the_file_is_added_to_the_server_and_mapped()
    {
        var space = Load("1:7\tO\t1:Machine\t35<85 40>61\n");
        var index = (ushort)space.Namespaces.IndexOf("urn:model");
        index.ShouldBe((ushort)2);
        var node = space.Get<ObjectNode>(new NodeId(7, index));
        node.BrowseName.ShouldBe(new QualifiedName("Machine", index));
        node.Parent!.Id.ShouldBe(new NodeId(85));
    }

    [Theory]
    [InlineData("12", -1, new uint[0])]
    [InlineData("12[]", 1, new uint[0])]
    [InlineData("12[3]", 1, new uint[] { 3 })]
    [InlineData("12[0,8]", 2, new uint[] { 0, 8 })]
    [InlineData("12{-2}", -2, new uint[0])]
    [InlineData("12{0}", 0, new uint[0])]
    public void A_shaped_type_gives_rank_and_dimensions(string text, int rank, uint[] dimensions)
    {
        var node = Load($"1:7\tV\t1:Value\t47<85 40>63\t{text}\n").Get<VariableNode>(new NodeId(7, 2));
        node.DataType.ShouldBe(new NodeId(12));
        node.ValueRank.ShouldBe(rank);
        node.ArrayDimensions.ShouldBe(dimensions);
    }

    [Fact]
    public void Attributes_are_read_and_the_others_keep_their_defaults()
    {
        var node = Load("1:7\tV\t1:Value\t47<85 40>63\t12\tdisplay=A value;access=3;historizing;sampling=500;restrictions=3;roles=15704/33,1:8/1\n")
            .Get<VariableNode>(new NodeId(7, 2));
        node.DisplayName.ShouldBe(new LocalizedText("A value"));
        node.AccessLevel.ShouldBe(AccessLevels.CurrentRead | AccessLevels.CurrentWrite);
        node.Historizing.ShouldBeTrue();
        node.MinimumSamplingInterval.ShouldBe(500);
        node.AccessRestrictions.ShouldBe(AccessRestrictions.SigningRequired | AccessRestrictions.EncryptionRequired);
        node.RolePermissions.ShouldBe(
        [
            new RolePermissionType(new NodeId(15704), PermissionType.Browse | PermissionType.Read),
            new RolePermissionType(new NodeId(8, 2), PermissionType.Browse),
        ]);
        node.Value.Status.ShouldBe(StatusCodes.BadWaitingForInitialData);
    }

    [Fact]
    public void Escapes_in_values_are_resolved_once_split() =>
        Load("1:7\tV\t1:Value\t47<85 40>63\t12[]\t\t\tString[] a\\tb|c\\pd|e\\\\n|\u00fc\n")
            .Get<VariableNode>(new NodeId(7, 2)).Value.Value.ShouldBe(new[] { "a\tb", "c|d", "e\\n", "\u00fc" });

    [Theory]
    [InlineData("1:7\tX\t1:Value\t35<85\n", "'X' is not a node class")]
    [InlineData("1:x\tO\t1:Value\t35<85\n", "'x' is not a number")]
    [InlineData("1:7\tO\t1:Value\t35=85\n", "a reference needs")]
    [InlineData("1:7\tO\t1:Value\t35<85\t\tcolour=red\n", "'colour' is not an attribute")]
    [InlineData("1:7\tV\t1:Value\t35<85\t12\t\t\tFloat 1\n", "'Float' is not a kind of value")]
    [InlineData("1:7\tDT\t1:Value\t45<22\t\t\tclass a:1\n", "'class' is not a kind of definition")]
    [InlineData("1:7\tO\t1:A\t35<85\n1:7\tO\t1:A\t35<85\n", "Line 5")]
    [InlineData("1:7\tO\t1:Value\t35<1:8\n", "refers to ns=2;i=8")]
    [InlineData("1:7\tO\t1:Value\t85<85\n", "is not a reference type")]
    public void A_table_that_breaks_its_format_is_refused_with_the_reason(string rows, string reason) =>
        Should.Throw<InvalidDataException>(() => Load(rows)).Message.ShouldContain(reason);

    [Fact]
    public void A_file_of_another_format_is_refused() =>
        Should.Throw<InvalidDataException>(() => Spaces.Standard().Load(new MemoryStream("#nodes 2\n"u8.ToArray())));
}
