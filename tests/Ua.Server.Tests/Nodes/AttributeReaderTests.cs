using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Reading attributes as a client does.</summary>
public sealed class AttributeReaderTests
{
    private readonly AddressSpace _space = Spaces.WithGds();

    private DataValue Read(NodeId node, AttributeId attribute, string? range = null, QualifiedName encoding = default, ICallContext? caller = null) =>
        new AttributeReader(_space).Read(node, (uint)attribute, range, encoding, caller ?? TestCaller.Admin);

    private Variant Good(NodeId node, AttributeId attribute)
    {
        var value = Read(node, attribute);
        value.Status.ShouldBe(StatusCodes.Good);
        return value.Value;
    }

    [Theory]
    [InlineData(84u, "NodeId NodeClass BrowseName DisplayName WriteMask UserWriteMask EventNotifier AccessRestrictions")]
    [InlineData(2255u, "NodeId NodeClass BrowseName DisplayName WriteMask UserWriteMask DataType ValueRank ArrayDimensions AccessLevel UserAccessLevel MinimumSamplingInterval Historizing RolePermissions UserRolePermissions AccessRestrictions AccessLevelEx")]
    [InlineData(11492u, "NodeId NodeClass BrowseName DisplayName WriteMask UserWriteMask Executable UserExecutable RolePermissions UserRolePermissions AccessRestrictions")]
    [InlineData(58u, "NodeId NodeClass BrowseName DisplayName WriteMask UserWriteMask IsAbstract AccessRestrictions")]
    [InlineData(62u, "NodeId NodeClass BrowseName DisplayName WriteMask UserWriteMask IsAbstract DataType ValueRank ArrayDimensions AccessRestrictions")]
    [InlineData(47u, "NodeId NodeClass BrowseName DisplayName WriteMask UserWriteMask IsAbstract Symmetric InverseName AccessRestrictions")]
    [InlineData(256u, "NodeId NodeClass BrowseName DisplayName WriteMask UserWriteMask IsAbstract DataTypeDefinition AccessRestrictions")]
    public void Every_class_has_its_attributes_and_no_others(uint node, string expected)
    {
        var reader = new AttributeReader(_space);
        var found = Enum.GetValues<AttributeId>().Where(a => a != AttributeId.Value)
            .Where(a => reader.Read(new NodeId(node), (uint)a, null, default, TestCaller.Admin).Status.IsGood);
        found.ShouldBe(expected.Split(' ').Select(Enum.Parse<AttributeId>));
    }

    [Fact]
    public void Attributes_have_the_types_of_the_specification()
    {
        Good(new NodeId(2253), AttributeId.NodeId).ShouldBe(new NodeId(2253));
        Good(new NodeId(2253), AttributeId.NodeClass).ShouldBe(1);
        Good(new NodeId(2253), AttributeId.BrowseName).ShouldBe(new QualifiedName("Server"));
        Good(new NodeId(2253), AttributeId.DisplayName).ShouldBe(new LocalizedText("Server"));
        Good(new NodeId(2253), AttributeId.WriteMask).ShouldBe(0u);
        Good(new NodeId(2253), AttributeId.EventNotifier).ShouldBe((byte)1);
        Good(new NodeId(12740), AttributeId.AccessRestrictions).ShouldBe((ushort)5);
        Good(new NodeId(47), AttributeId.InverseName).ShouldBe(new LocalizedText("ComponentOf"));
        Good(new NodeId(47), AttributeId.Symmetric).ShouldBe(false);
        Good(new NodeId(2255), AttributeId.ArrayDimensions).ShouldBe(new uint[] { 0 });
        Good(new NodeId(2255), AttributeId.AccessLevel).ShouldBe((byte)1);
        Good(new NodeId(2255), AttributeId.AccessLevelEx).ShouldBe(1u);
        Good(new NodeId(2255), AttributeId.MinimumSamplingInterval).Type.ShouldBe(BuiltInType.Double);
        Good(new NodeId(296), AttributeId.DataTypeDefinition).Type.ShouldBe(BuiltInType.ExtensionObject);
    }

    [Fact]
    public void Role_permissions_are_for_those_who_may_read_them_and_the_own_ones_for_all()
    {
        Read(new NodeId(12637), AttributeId.RolePermissions, caller: new TestCaller()).Status.ShouldBe(StatusCodes.BadUserAccessDenied);
        Good(new NodeId(12637), AttributeId.RolePermissions).TryGet<ExtensionObject[]>(out var all).ShouldBeTrue();
        all.Select(Role).ShouldContain(TestCaller.SecurityAdmin);
        Read(new NodeId(12637), AttributeId.UserRolePermissions, caller: new TestCaller()).Value.TryGet<ExtensionObject[]>(out var own).ShouldBeTrue();
        own.Select(Role).ShouldBe([TestCaller.Anonymous]);

        static NodeId Role(ExtensionObject permission) => permission.TryDecode<RolePermissionType>(out var p) ? p!.RoleId : NodeId.Null;
    }

    [Fact]
    public void A_kept_value_carries_its_source_time_and_the_time_of_the_read()
    {
        var variable = _space.AddVariable("Level", 7, 1u);
        var time = (Microsoft.Extensions.Time.Testing.FakeTimeProvider)_space.Time;
        time.Advance(TimeSpan.FromMinutes(1));
        var value = Read(variable.Id, AttributeId.Value);
        value.Value.ShouldBe(1u);
        value.SourceTimestamp.ShouldBe(_space.Created);
        value.ServerTimestamp.ShouldBe(_space.Created.AddMinutes(1));
        Timestamps.Keep(value, TimestampsToReturn.Source).ServerTimestamp.ShouldBeNull();
        Timestamps.Keep(value, TimestampsToReturn.Server).SourceTimestamp.ShouldBeNull();
        Timestamps.Keep(value, TimestampsToReturn.Neither).ShouldBe(new DataValue(1u));
    }

    [Fact]
    public void A_value_source_is_asked_on_every_read_and_knows_the_caller()
    {
        var variable = _space.AddVariable("Who", 12, "");
        variable.ValueSource = context => new DataValue(context.Caller.SecurityPolicyUri);
        var value = Read(variable.Id, AttributeId.Value);
        value.Value.ShouldBe(TestCaller.Admin.SecurityPolicyUri);
        value.SourceTimestamp.ShouldBe(value.ServerTimestamp);
    }

    [Fact]
    public void A_range_is_applied_to_the_value()
    {
        var variable = _space.AddVariable("Many", 7, new uint[] { 1, 2, 3 }, ValueRanks.OneDimension);
        Read(variable.Id, AttributeId.Value, "1:5").Value.ShouldBe(new uint[] { 2, 3 });
        Read(variable.Id, AttributeId.Value, "3").Status.ShouldBe(StatusCodes.BadIndexRangeNoData);
        Read(variable.Id, AttributeId.Value, "3:1").Status.ShouldBe(StatusCodes.BadIndexRangeInvalid);
        Read(variable.Id, AttributeId.DisplayName, "0").Status.ShouldBe(StatusCodes.BadIndexRangeNoData);
    }

    [Fact]
    public void Only_the_binary_encoding_of_structures_may_be_asked_for()
    {
        var arguments = new NodeId(145, Spaces.Gds);
        Read(arguments, AttributeId.Value, encoding: new QualifiedName("Default Binary")).Status.ShouldBe(StatusCodes.Good);
        Read(arguments, AttributeId.Value, encoding: new QualifiedName("Default XML")).Status.ShouldBe(StatusCodes.BadDataEncodingUnsupported);
        Read(arguments, AttributeId.DisplayName, encoding: new QualifiedName("Default Binary")).Status.ShouldBe(StatusCodes.BadDataEncodingInvalid);
        var number = _space.AddVariable("Level", 7, 1u);
        Read(number.Id, AttributeId.Value, encoding: new QualifiedName("Default XML")).Status.ShouldBe(StatusCodes.BadDataEncodingInvalid);
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        Read(new NodeId(999999), AttributeId.Value).Status.ShouldBe(StatusCodes.BadNodeIdUnknown);
        Read(new NodeId(84), (AttributeId)0).Status.ShouldBe(StatusCodes.BadAttributeIdInvalid);
        Read(new NodeId(84), (AttributeId)28).Status.ShouldBe(StatusCodes.BadAttributeIdInvalid);
        Read(new NodeId(84), AttributeId.Value).Status.ShouldBe(StatusCodes.BadAttributeIdInvalid);
        var variable = _space.AddVariable("Level", 7, 1u);
        variable.AccessLevel = AccessLevels.CurrentWrite;
        Read(variable.Id, AttributeId.Value).Status.ShouldBe(StatusCodes.BadNotReadable);
        variable.AccessLevel = AccessLevels.CurrentRead;
        variable.RolePermissions = [new(TestCaller.Anonymous, PermissionType.Browse)];
        Read(variable.Id, AttributeId.Value).Status.ShouldBe(StatusCodes.BadUserAccessDenied);
        Good(variable.Id, AttributeId.AccessLevel).ShouldBe((byte)1);
        Good(variable.Id, AttributeId.UserAccessLevel).ShouldBe((byte)0);
        variable.RolePermissions = [];
        Read(variable.Id, AttributeId.DisplayName).Status.ShouldBe(StatusCodes.BadUserAccessDenied);
    }

    [Fact]
    public void Who_may_browse_a_method_may_read_its_arguments()
    {
        var arguments = _space.Get<VariableNode>(new NodeId(158, Spaces.Gds));
        arguments.RolePermissions!.ShouldContain(new RolePermissionType(TestCaller.Anonymous, PermissionType.Browse));
        Read(arguments.Id, AttributeId.Value, caller: new TestCaller()).Status.ShouldBe(StatusCodes.Good);
        Read(arguments.Id, AttributeId.UserAccessLevel, caller: new TestCaller()).Value.ShouldBe((byte)1);
    }

    [Fact]
    public void A_method_is_executable_once_it_has_a_handler_and_for_those_who_may_call_it()
    {
        var method = _space.Get<MethodNode>(new NodeId(12740));
        Good(method.Id, AttributeId.Executable).ShouldBe(false);
        method.Handler = (_, _) => Task.FromResult(MethodResult.Good());
        Good(method.Id, AttributeId.Executable).ShouldBe(true);
        Good(method.Id, AttributeId.UserExecutable).ShouldBe(true);
        method.RolePermissions = [new(TestCaller.SecurityAdmin, PermissionType.Browse | PermissionType.Call), new(TestCaller.Anonymous, PermissionType.Browse)];
        Read(method.Id, AttributeId.UserExecutable, caller: new TestCaller()).Value.ShouldBe(false);
        method.Executable = false;
        Good(method.Id, AttributeId.Executable).ShouldBe(false);
    }
}
