using Ua.Core;
using Ua.Server.Conditions;
using Ua.Server.Tests.Kit;

namespace Ua.Server.Tests.Conditions;

/// <summary>Enable, Disable, AddComment and Acknowledge with every status (Part 9, 5.5.4 to 5.5.6 and 5.7.3).</summary>
public sealed class ConditionMethodTests
{
    private const uint Enable = 9027;
    private const uint Disable = 9028;
    private const uint AddComment = 9029;
    private const uint Acknowledge = 9111;
    private static readonly LocalizedText s_comment = new("en", "on it");

    [Fact]
    public async Task An_acknowledgement_with_comment_names_the_user_and_is_good_once()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        (await scene.CallAsync(Acknowledge, active["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.Good);
        var e = (await scene.EventsAsync()).ShouldHaveSingleItem();
        (e["AckedState/Id"], e["ActiveState/Id"], e["Retain"], e["Comment"], e["ClientUserId"]).ShouldBe((true, true, true, s_comment, "admin"));
        e["EventId"].ShouldNotBe(active["EventId"]);
        (await scene.CallAsync(Acknowledge, active["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.BadConditionBranchAlreadyAcked);
        (await scene.CallAsync(Acknowledge, e["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.BadConditionBranchAlreadyAcked);
    }

    [Theory]
    [InlineData(Acknowledge)]
    [InlineData(AddComment)]
    public async Task An_event_id_has_to_be_of_the_present_occurrence(uint method)
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        (await scene.CallAsync(method, new byte[16], s_comment)).StatusCode.ShouldBe(StatusCodes.BadEventIdUnknown);
        (await scene.CallAsync(method, Variant.Null, s_comment)).StatusCode.ShouldBe(StatusCodes.BadEventIdUnknown);
        scene.Has("B", TimeSpan.FromDays(1));
        scene.Alarms.Changed();
        (await scene.CallAsync(method, active["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.BadEventIdUnknown);
        var second = (await scene.EventsAsync()).ShouldHaveSingleItem();
        (await scene.CallAsync(method, second["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task A_comment_is_replaced_kept_and_emptied()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        foreach (var (comment, expected) in new[] { (s_comment, s_comment), (default, s_comment), (new LocalizedText("en", ""), new LocalizedText("en", "")) })
        {
            (await scene.CallAsync(AddComment, active["EventId"], comment)).StatusCode.ShouldBe(StatusCodes.Good);
            var e = (await scene.EventsAsync()).ShouldHaveSingleItem();
            (e["Comment"], e["AckedState/Id"]).ShouldBe((expected, false));
        }
    }

    [Fact]
    public async Task A_disabled_condition_is_silent_and_says_so_in_its_node()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        (await scene.CallAsync(Enable)).StatusCode.ShouldBe(StatusCodes.BadConditionAlreadyEnabled);
        (await scene.CallAsync(Disable)).StatusCode.ShouldBe(StatusCodes.Good);
        (await scene.CallAsync(Disable)).StatusCode.ShouldBe(StatusCodes.BadConditionAlreadyDisabled);
        var off = (await scene.EventsAsync()).ShouldHaveSingleItem();
        (off["EnabledState/Id"], off["EnabledState"], off["Retain"]).ShouldBe((false, new LocalizedText("en", "Disabled"), false));
        (off["ActiveState/Id"].IsNull, off["AckedState/Id"].IsNull, off["ExpirationDate"].IsNull).ShouldBe((true, true, true));
        (await scene.CallAsync(Acknowledge, active["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.BadConditionDisabled);
        (await scene.CallAsync(AddComment, active["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.BadConditionDisabled);
        (await scene.Admin.ReadAsync(Below(scene, "ActiveState/Id"))).Status.ShouldBe(StatusCodes.BadConditionDisabled);
        (await scene.Admin.ReadAsync(Below(scene, "EnabledState/Id"))).Value.ShouldBe(false);

        scene.Has("B", TimeSpan.FromDays(365));
        scene.Alarms.Changed();
        (await scene.EventsAsync()).ShouldBeEmpty();
        (await scene.CallAsync(Enable)).StatusCode.ShouldBe(StatusCodes.Good);
        var on = (await scene.EventsAsync()).ShouldHaveSingleItem();
        (on["EnabledState/Id"], on["ActiveState/Id"], on["Retain"], on["Certificate"]).ShouldBe((true, false, true, "B"u8.ToArray()));
        (await scene.Admin.ReadAsync(Below(scene, "ActiveState/Id"))).Value.ShouldBe(false);
    }

    [Fact]
    public async Task Methods_are_called_on_conditions_with_the_right_arguments()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        var acknowledge = new NodeId(Acknowledge);
        var id = active["EventId"];
        (await scene.Admin.CallAsync(new NodeId(2881), acknowledge, id, s_comment)).StatusCode.ShouldBe(StatusCodes.BadNodeIdInvalid);
        (await scene.Admin.CallAsync(new NodeId(2782), new NodeId(Disable))).StatusCode.ShouldBe(StatusCodes.BadNodeIdInvalid);
        (await scene.Admin.CallAsync(AlarmScene.Group, acknowledge, id, s_comment)).StatusCode.ShouldBe(StatusCodes.BadMethodInvalid);
        (await scene.Admin.CallAsync(new NodeId("nowhere", 1), acknowledge, id, s_comment)).StatusCode.ShouldBe(StatusCodes.BadNodeIdUnknown);
        (await scene.CallAsync(Acknowledge, id)).StatusCode.ShouldBe(StatusCodes.BadArgumentsMissing);
        (await scene.CallAsync(Acknowledge, id, s_comment, 1)).StatusCode.ShouldBe(StatusCodes.BadTooManyArguments);
        var mismatch = await scene.CallAsync(Acknowledge, "text", s_comment);
        (mismatch.StatusCode, mismatch.InputArgumentResults[0]).ShouldBe((StatusCodes.BadInvalidArgument, StatusCodes.BadTypeMismatch));
        var tooLong = await scene.CallAsync(Acknowledge, id, new LocalizedText(new string('x', ConditionMethods.LongestComment + 1)));
        (tooLong.StatusCode, tooLong.InputArgumentResults[1]).ShouldBe((StatusCodes.BadInvalidArgument, StatusCodes.BadOutOfRange));
        scene.Alarms.CertificateExpired.State.IsAcked.ShouldBeFalse();
        (await scene.Admin.CallAsync(scene.Expired, Below(scene, "Acknowledge"), id, s_comment)).StatusCode.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public async Task Who_has_no_role_sees_the_alarm_and_changes_nothing()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        var guest = await scene.Server.ConnectAsync(new TestUser.PasswordUser("guest", "gäst"));
        (await guest.ReadAsync(Below(scene, "ActiveState/Id"))).Value.ShouldBe(true);
        (await guest.ReadAsync(Below(scene, "Acknowledge"), AttributeId.UserExecutable)).Value.ShouldBe(false);
        (await scene.Admin.ReadAsync(Below(scene, "Acknowledge"), AttributeId.UserExecutable)).Value.ShouldBe(true);
        foreach (var method in new[] { Enable, Disable })
            (await guest.CallAsync(scene.Expired, new NodeId(method))).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        foreach (var method in new[] { AddComment, Acknowledge })
            (await guest.CallAsync(scene.Expired, new NodeId(method), active["EventId"], s_comment)).StatusCode.ShouldBe(StatusCodes.BadUserAccessDenied);
        scene.Alarms.CertificateExpired.State.IsAcked.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_call_is_audited_the_refused_ones_too()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        var audit = await TestSubscription.CreateAsync(scene.Server, await scene.Server.ConnectAsync(TestUser.Admin), keepAlive: 2);
        SimpleAttributeOperand Field(string name, uint type) => new(new NodeId(type), [new QualifiedName(name)], (uint)AttributeId.Value);
        var fields = new EventFilter(
            [Field("EventType", 2041), Field("SourceNode", 2041), Field("SourceName", 2041), Field("Status", 2052), Field("StatusCodeId", 2127), Field("ConditionEventId", 8944), Field("Comment", 8944), Field("ClientUserId", 2052)],
            new ContentFilter([new ContentFilterElement(FilterOperator.OfType, [ExtensionObject.Of(new LiteralOperand(new NodeId(2790)))])]));
        await audit.MonitorAsync(new NodeId(2253), AttributeId.EventNotifier, filter: ExtensionObject.Of(fields), queueSize: 0);
        var guest = await scene.Server.ConnectAsync(new TestUser.PasswordUser("guest", "gäst"));
        await guest.CallAsync(scene.Expired, new NodeId(Acknowledge), active["EventId"], s_comment);
        await scene.CallAsync(Acknowledge, new byte[3], s_comment);
        await scene.CallAsync(Acknowledge, active["EventId"], s_comment);
        await scene.CallAsync(AddComment, active["EventId"], s_comment);
        await scene.CallAsync(Disable);
        var told = await audit.EventsAsync();
        told.Select(e => ((NodeId)e.EventFields[0].Value!).Numeric).ShouldBe([8944u, 8944u, 8944u, 2829u, 2803u]);
        told.ShouldAllBe(e => e.EventFields[1] == scene.Expired);
        told.Select(e => e.EventFields[2].ToString()).ShouldBe(["Method/Acknowledge", "Method/Acknowledge", "Method/Acknowledge", "Method/AddComment", "Method/Disable"]);
        told.Select(e => e.EventFields[3].Value).ShouldBe([false, false, true, true, true]);
        told.Take(2).Select(e => e.EventFields[4].Value).ShouldBe([StatusCodes.BadUserAccessDenied, StatusCodes.BadEventIdUnknown]);
        (told[2].EventFields[5], told[2].EventFields[6]).ShouldBe((active["EventId"], s_comment));
        told.Select(e => e.EventFields[7].ToString()).ShouldBe(["guest", "admin", "admin", "admin", "admin"]);
    }

    private static NodeId Below(AlarmScene scene, string path) => new($"{scene.Expired.Identifier}/{path}", 1);
}
