using Ua.Core;
using Ua.Server.Nodes;

namespace Ua.Server.Tests.Nodes;

/// <summary>Writing values as a client does.</summary>
public sealed class AttributeWriterTests
{
    private readonly AddressSpace _space = Spaces.Standard();

    private ValueTask<StatusCode> Write(NodeId node, Variant value, string? range = null, ICallContext? caller = null) =>
        Write(node, new DataValue(value), range, caller);

    private ValueTask<StatusCode> Write(NodeId node, DataValue value, string? range = null, ICallContext? caller = null) =>
        new AttributeWriter(_space).WriteAsync(node, (uint)AttributeId.Value, range, value, caller ?? TestCaller.Admin, default);

    [Fact]
    public async Task A_written_value_is_kept_stamped_and_announced()
    {
        var variable = _space.AddVariable("Level", 7, 1u);
        DataValue? announced = null;
        variable.ValueChanged += v => announced = v.Value;
        (await Write(variable.Id, 2u)).ShouldBe(StatusCodes.Good);
        variable.Value.ShouldBe(new DataValue(2u, SourceTimestamp: _space.Created));
        announced.ShouldBe(variable.Value);
    }

    public static TheoryData<uint, int, Variant, bool> Values => new()
    {
        { 7, -1, 1u, true },
        { 7, -1, 1, false },
        { 7, -1, Variant.Null, false },
        { 7, -1, new uint[] { 1 }, false },
        { 7, 1, new uint[] { 1 }, true },
        { 7, 1, 1u, false },
        { 7, -2, 1u, true },
        { 7, -3, new uint[] { 1 }, true },
        { 7, -3, Variant.Array(BuiltInType.UInt32, new uint[4], [2, 2]), false },
        { 7, 0, Variant.Array(BuiltInType.UInt32, new uint[4], [2, 2]), true },
        { 7, 0, 1u, false },
        { 7, 2, Variant.Array(BuiltInType.UInt32, new uint[4], [2, 2]), true },
        { 24, -1, 1.5, true },
        { 24, -1, Variant.Null, true },
        { 26, -1, (byte)1, true },
        { 26, -1, "1", false },
        { 27, -1, 1, true },
        { 27, -1, 1u, false },
        { 28, -1, 1u, true },
        { 290, -1, 1.5, true },
        { 290, -1, 1.5f, false },
        { 294, -1, DateTime.UnixEpoch, true },
        { 307, -1, 1, true },
        { 307, -1, 1u, false },
        { 95, -1, (ushort)1, true },
        { 12, -1, "a", true },
        { 12, -1, Variant.Scalar(BuiltInType.String, null), true },
        { 15, -1, new byte[] { 1 }, true },
        { 15, -1, Variant.Array(BuiltInType.Byte, new byte[] { 1 }), true },
        { 3, 1, new byte[] { 1 }, true },
        { 296, -1, ExtensionObject.Of(new Argument("a", new NodeId(7))), true },
        { 22, -1, ExtensionObject.Of(new Argument("a", new NodeId(7))), true },
        { 97, -1, ExtensionObject.Of(new EnumDefinition([])), true },
        { 97, -1, ExtensionObject.Of(new Argument("a", new NodeId(7))), false },
        { 296, -1, ExtensionObject.Null, true },
        { 296, -1, new ExtensionObject(new NodeId(123456), ExtensionObjectEncoding.Binary, []), false },
        { 296, 1, new ExtensionObject[] { ExtensionObject.Of(new Argument("a", new NodeId(7))), ExtensionObject.Of(new EnumDefinition([])) }, false },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_must_fit_the_data_type_and_rank(uint dataType, int rank, Variant value, bool fits)
    {
        var variable = _space.AddVariable("Level", dataType, Variant.Null, rank);
        (await Write(variable.Id, value)).ShouldBe(fits ? StatusCodes.Good : StatusCodes.BadTypeMismatch);
    }

    [Fact]
    public async Task An_array_may_be_no_longer_than_its_dimensions_say()
    {
        var variable = _space.AddVariable("Many", 7, new uint[2], ValueRanks.OneDimension, [2]);
        (await Write(variable.Id, new uint[] { 1 })).ShouldBe(StatusCodes.Good);
        (await Write(variable.Id, new uint[] { 1, 2, 3 })).ShouldBe(StatusCodes.BadTypeMismatch);
    }

    [Fact]
    public async Task A_range_changes_part_of_the_value()
    {
        var variable = _space.AddVariable("Many", 7, new uint[] { 1, 2, 3 }, ValueRanks.OneDimension);
        (await Write(variable.Id, new uint[] { 9 }, "1")).ShouldBe(StatusCodes.Good);
        variable.Value.Value.ShouldBe(new uint[] { 1, 9, 3 });
        (await Write(variable.Id, new uint[] { 9 }, "3")).ShouldBe(StatusCodes.BadIndexRangeNoData);
        (await Write(variable.Id, new uint[] { 9, 9 }, "1")).ShouldBe(StatusCodes.BadIndexRangeDataMismatch);
        (await Write(variable.Id, new uint[] { 9 }, "x")).ShouldBe(StatusCodes.BadIndexRangeInvalid);
        variable.AccessLevel |= AccessLevels.WriteFullArrayOnly;
        (await Write(variable.Id, new uint[] { 9 }, "1")).ShouldBe(StatusCodes.BadWriteNotSupported);
    }

    [Fact]
    public async Task Ranges_written_at_once_are_all_kept()
    {
        var variable = _space.AddVariable("Many", 7, new uint[64], ValueRanks.OneDimension);
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Write(variable.Id, new uint[] { 1 }, $"{i}").AsTask())));
        results.ShouldAllBe(status => status == StatusCodes.Good);
        variable.Value.Value.ShouldBe(Enumerable.Repeat(1u, 64).ToArray());
    }

    [Fact]
    public async Task Status_and_times_are_written_only_where_the_access_level_says_so()
    {
        var variable = _space.AddVariable("Level", 7, 1u);
        var bad = new DataValue(2u, StatusCodes.BadOutOfService);
        var dated = new DataValue(2u, SourceTimestamp: DateTime.UnixEpoch);
        (await Write(variable.Id, bad)).ShouldBe(StatusCodes.BadWriteNotSupported);
        (await Write(variable.Id, dated)).ShouldBe(StatusCodes.BadWriteNotSupported);
        variable.AccessLevel |= AccessLevels.StatusWrite | AccessLevels.TimestampWrite;
        (await Write(variable.Id, bad)).ShouldBe(StatusCodes.Good);
        variable.Value.Status.ShouldBe(StatusCodes.BadOutOfService);
        (await Write(variable.Id, dated)).ShouldBe(StatusCodes.Good);
        variable.Value.ShouldBe(dated);
    }

    [Fact]
    public async Task A_handler_decides_about_the_value()
    {
        var variable = _space.AddVariable("Level", 7, 1u);
        variable.WriteHandler = (caller, value, _) => ValueTask.FromResult(caller.Roles.Count == 2 && value.Value == 2u ? StatusCodes.Good : StatusCodes.BadOutOfRange);
        (await Write(variable.Id, 2u)).ShouldBe(StatusCodes.Good);
        (await Write(variable.Id, 3u)).ShouldBe(StatusCodes.BadOutOfRange);
        variable.Value.Value.ShouldBe(1u);
    }

    [Fact]
    public async Task What_cannot_be_written_says_why()
    {
        var variable = _space.AddVariable("Level", 7, 1u);
        variable.RolePermissions = [new(TestCaller.SecurityAdmin, PermissionType.Write)];
        (await Write(variable.Id, 2u, caller: new TestCaller())).ShouldBe(StatusCodes.BadUserAccessDenied);
        variable.AccessLevel = AccessLevels.CurrentRead;
        (await Write(variable.Id, 2u)).ShouldBe(StatusCodes.BadNotWritable);
        (await Write(new NodeId(999999), 2u)).ShouldBe(StatusCodes.BadNodeIdUnknown);
        (await Write(new NodeId(84), 2u)).ShouldBe(StatusCodes.BadAttributeIdInvalid);
        var writer = new AttributeWriter(_space);
        (await writer.WriteAsync(variable.Id, (uint)AttributeId.DisplayName, null, new DataValue(new LocalizedText("x")), TestCaller.Admin, default)).ShouldBe(StatusCodes.BadNotWritable);
        (await writer.WriteAsync(variable.Id, 99, null, new DataValue(1u), TestCaller.Admin, default)).ShouldBe(StatusCodes.BadAttributeIdInvalid);
        var live = _space.AddVariable("Live", 7, 1u);
        live.ValueSource = _ => new DataValue(5u);
        (await Write(live.Id, 2u)).ShouldBe(StatusCodes.BadNotWritable);
    }
}
