using Ua.Core;
using Ua.Server.Conditions;

namespace Ua.Server.Tests.Conditions;

/// <summary>TrustListOutOfDate (Part 12, 7.8.2.11).</summary>
public sealed class TrustListOutOfDateTests
{
    private static readonly TimeSpan s_frequency = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task It_is_active_when_the_frequency_has_gone_by_and_normal_again_with_an_update()
    {
        await using var scene = await AlarmScene.BeginAsync(s => s.Facts.List = TrustListFreshness.OfUpdates(s.Now, s_frequency, s.Now));
        var updated = scene.Now;
        scene.Server.Time.Advance(s_frequency);
        var e = (await scene.EventsAsync()).ShouldHaveSingleItem();
        e["ConditionId"].ShouldBe(scene.Alarms.TrustListOutOfDate.Id);
        e["EventType"].ShouldBe(new NodeId(19297));
        (e["ActiveState/Id"], e["AckedState/Id"], e["Retain"], e["Severity"]).ShouldBe((true, false, true, TrustListOutOfDateRule.OutOfDateSeverity));
        e["TrustListId"].ShouldBe(scene.Server.Space.Find(AlarmScene.Group)!.Child(new QualifiedName("TrustList"))!.Id);
        (e["LastUpdateTime"], e["UpdateFrequency"]).ShouldBe((updated, s_frequency.TotalMilliseconds));
        e["Message"].ToString().ShouldBe($"The trust list is out of date: not updated since {updated:u}.");

        scene.Facts.List = TrustListFreshness.OfUpdates(scene.Now, s_frequency, updated);
        scene.Alarms.Changed();
        (await scene.EventsAsync()).ShouldHaveSingleItem()["ActiveState/Id"].ShouldBe(false);
    }

    [Fact]
    public void A_list_whose_last_update_is_unknown_counts_from_when_it_was_watched()
    {
        var watched = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var list = TrustListFreshness.OfUpdates(DateTime.MinValue, s_frequency, watched);
        TrustListOutOfDateRule.Next(list, watched).ShouldBe(watched + s_frequency);
        TrustListOutOfDateRule.Judge(list, NodeId.Null, watched).IsActive.ShouldBeFalse();
        TrustListOutOfDateRule.Judge(list, NodeId.Null, watched + s_frequency).IsActive.ShouldBeTrue();
    }

    [Fact]
    public void A_list_without_frequency_is_out_of_date_for_other_reasons_only()
    {
        var watched = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        TrustListOutOfDateRule.Next(TrustListFreshness.OfUpdates(watched, TimeSpan.Zero, watched), watched).ShouldBeNull();
        var list = TrustListFreshness.OfUpdates(watched, TimeSpan.Zero, watched, new TrustListDue(watched.AddDays(1), "the revocation list ends"));
        TrustListOutOfDateRule.Next(list, watched).ShouldBe(watched.AddDays(1));
        TrustListOutOfDateRule.Judge(list, NodeId.Null, watched.AddDays(2)).Causes.ShouldBe(["the revocation list ends"]);
    }
}
