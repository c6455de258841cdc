using Ua.Core;
using Ua.Server.Conditions;

namespace Ua.Server.Tests.Conditions;

/// <summary>CertificateExpired over the life of certificates (Part 9, 5.8.24.7).</summary>
public sealed class CertificateExpiredTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromDays(14);

    [Fact]
    public async Task It_becomes_active_at_the_instant_when_the_limit_is_reached()
    {
        await using var scene = await AlarmScene.BeginAsync(s => s.Has("A", s_limit + TimeSpan.FromSeconds(10)));
        scene.Alarms.CertificateExpired.State.Retain.ShouldBeFalse();
        scene.Server.Time.Advance(TimeSpan.FromSeconds(9.9));
        (await scene.EventsAsync()).ShouldBeEmpty();
        var e = (await scene.EventsAsync()).ShouldHaveSingleItem();
        e["ConditionId"].ShouldBe(scene.Expired);
        e["EventType"].ShouldBe(new NodeId(13225));
        e["SourceNode"].ShouldBe(AlarmScene.Group);
        e["SourceName"].ShouldBe("Group");
        (e["ActiveState/Id"], e["AckedState/Id"], e["EnabledState/Id"], e["Retain"]).ShouldBe((true, false, true, true));
        e["ActiveState"].ShouldBe(new LocalizedText("en", "Active"));
        e["AckedState"].ShouldBe(new LocalizedText("en", "Unacknowledged"));
        e["ActiveState/TransitionTime"].ShouldBe(e["Time"]);
        e["Severity"].ShouldBe(CertificateExpiredRule.NearSeverity);
        e["LastSeverity"].ShouldBe(CertificateExpiredRule.NormalSeverity);
        e["Quality"].ShouldBe(StatusCodes.Good);
        e["BranchId"].ShouldBe(NodeId.Null);
        e["ConditionClassId"].ShouldBe(new NodeId(11166));
        e["ConditionName"].ShouldBe("CertificateExpired");
        e["SuppressedOrShelved"].ShouldBe(false);
        e["ExpirationDate"].ShouldBe(scene.Facts.Certificates[0].NotAfter);
        e["CertificateType"].ShouldBe(new NodeId(12560));
        e["Certificate"].ShouldBe("A"u8.ToArray());
        e["TrustListId"].IsNull.ShouldBeTrue();
        e["Message"].ToString().ShouldBe($"The certificate ends at {scene.Facts.Certificates[0].NotAfter:u}.");
    }

    [Fact]
    public async Task It_rises_when_the_certificate_ends_and_has_to_be_acknowledged_again()
    {
        await using var scene = await AlarmScene.BeginAsync(s => s.Has("A", TimeSpan.FromSeconds(10)));
        var alarm = scene.Alarms.CertificateExpired;
        alarm.State.IsActive.ShouldBeTrue();
        (await scene.CallAsync(9111, alarm.State.EventId, new LocalizedText("en", "seen"))).StatusCode.ShouldBe(StatusCodes.Good);
        (await scene.EventsAsync()).Count.ShouldBe(2); // the first judgement, the acknowledgement
        scene.Server.Time.Advance(TimeSpan.FromSeconds(10));
        var e = (await scene.EventsAsync()).ShouldHaveSingleItem();
        (e["ActiveState/Id"], e["AckedState/Id"], e["Severity"], e["LastSeverity"]).ShouldBe((true, false, CertificateExpiredRule.ExpiredSeverity, CertificateExpiredRule.NearSeverity));
        e["Message"].ToString().ShouldContain("ended at");
        e["Comment"].ShouldBe(new LocalizedText("en", "seen"));
    }

    [Fact]
    public async Task A_new_certificate_brings_it_back_to_normal_and_it_is_retained_until_acknowledged()
    {
        var (scene, active) = await AlarmScene.ActiveAsync();
        await using var _ = scene;
        scene.Has("B", TimeSpan.FromDays(365));
        scene.Alarms.Changed();
        var normal = (await scene.EventsAsync()).ShouldHaveSingleItem();
        (normal["ActiveState/Id"], normal["AckedState/Id"], normal["Retain"], normal["Severity"]).ShouldBe((false, false, true, CertificateExpiredRule.NormalSeverity));
        normal["EventId"].ShouldNotBe(active["EventId"]);
        normal["Certificate"].ShouldBe("B"u8.ToArray());
        (await scene.CallAsync(9111, active["EventId"], default(LocalizedText))).StatusCode.ShouldBe(StatusCodes.Good);
        var acked = (await scene.EventsAsync()).ShouldHaveSingleItem();
        (acked["ActiveState/Id"], acked["AckedState/Id"], acked["Retain"]).ShouldBe((false, true, false));
    }

    [Fact]
    public async Task Many_members_are_named_first_and_counted_and_only_a_new_one_asks_for_acknowledgement()
    {
        await using var scene = await AlarmScene.BeginAsync();
        scene.Facts.Certificates = [.. Enumerable.Range(1, 5).Select(i => Of($"urn:{i}", TimeSpan.FromDays(i)))];
        scene.Alarms.Changed();
        var e = (await scene.EventsAsync()).ShouldHaveSingleItem();
        var ends = scene.Facts.Certificates.Select(c => c.NotAfter).ToList();
        e["Message"].ToString().ShouldBe($"5 certificates near their end: urn:1 ({ends[0]:u}), urn:2 ({ends[1]:u}), urn:3 ({ends[2]:u}) and 2 more.");
        e["Certificate"].ShouldBe("urn:1"u8.ToArray());
        await scene.CallAsync(9111, e["EventId"], default(LocalizedText));
        (await scene.EventsAsync()).ShouldHaveSingleItem();

        scene.Facts.Certificates = [.. scene.Facts.Certificates.Skip(1)];
        scene.Alarms.Changed();
        (await scene.EventsAsync()).ShouldHaveSingleItem()["AckedState/Id"].ShouldBe(true);
        scene.Facts.Certificates = [.. scene.Facts.Certificates, Of("urn:6", TimeSpan.FromDays(6))];
        scene.Alarms.Changed();
        (await scene.EventsAsync()).ShouldHaveSingleItem()["AckedState/Id"].ShouldBe(false);

        CertificateInForce Of(string uri, TimeSpan left) => new(new NodeId(12560), uri, scene.Now + left, uri);
    }

    [Fact]
    public async Task What_changes_while_all_is_normal_raises_no_event_and_shows_in_the_node()
    {
        await using var scene = await AlarmScene.BeginAsync(s => s.Has("A", TimeSpan.FromDays(100)));
        scene.Has("B", TimeSpan.FromDays(200));
        scene.Alarms.Changed();
        (await scene.EventsAsync()).ShouldBeEmpty();
        (await scene.Admin.ReadAsync(new NodeId($"{scene.Expired.Identifier}/ExpirationDate", 1))).Value.ShouldBe(scene.Facts.Certificates[0].NotAfter);
    }

    [Fact]
    public async Task Facts_that_cannot_be_had_are_asked_for_again()
    {
        await using var scene = await AlarmScene.BeginAsync(s => s.Has("A", TimeSpan.FromDays(100)));
        scene.Facts.Failure = new IOException("away");
        scene.Alarms.Changed();
        scene.Alarms.CertificateExpired.State.Quality.IsBad.ShouldBeTrue();
        scene.Facts.Failure = null;
        scene.Has("A", TimeSpan.FromDays(1));
        scene.Server.Time.Advance(TimeSpan.FromMinutes(1));
        scene.Alarms.CertificateExpired.State.IsActive.ShouldBeTrue();
        scene.Alarms.CertificateExpired.State.Quality.ShouldBe(StatusCodes.Good);
    }

    [Fact]
    public void There_may_be_no_certificate()
    {
        var situation = CertificateExpiredRule.Judge([], null, s_limit, DateTime.UnixEpoch);
        (situation.IsActive, situation.Message).ShouldBe((false, "There is no certificate."));
        CertificateExpiredRule.Next([], s_limit, DateTime.UnixEpoch).ShouldBeNull();
    }
}
