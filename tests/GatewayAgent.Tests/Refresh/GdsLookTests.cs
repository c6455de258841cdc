using GatewayAgent.Refresh;
using GatewayAgent.State;

namespace GatewayAgent.Tests.Refresh;

/// <summary>What calls for a full cycle although something is kept.</summary>
public class GdsLookTests
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly ApplicationState s_quiet = new()
    {
        ApplicationUri = "urn:plant:gateway",
        ApplicationId = "ns=2;i=7",
        State = SyncState.InSync,
        Places = new GdsPlaces("ns=2;i=7", ["http://opcfoundation.org/UA/"], "ns=2;i=615", "ns=2;i=616", "ns=2;i=637", s_now - TimeSpan.FromHours(1)),
    };

    [Fact]
    public void An_application_in_step_needs_only_the_look() => GdsLook.Usable(s_quiet, s_day, s_now).ShouldBe(s_quiet.Places);

    [Fact]
    public void So_does_one_that_waits_for_approval() => GdsLook.Usable(s_quiet with { State = SyncState.WaitingForApproval }, s_day, s_now).ShouldNotBeNull();

    [Theory]
    [InlineData(nameof(SyncState.New))]
    [InlineData(nameof(SyncState.Failing))]
    [InlineData(nameof(SyncState.NeedsEnrolment))]
    public void One_that_is_not_goes_through_a_full_cycle(string state) =>
        GdsLook.Usable(s_quiet with { State = Enum.Parse<SyncState>(state) }, s_day, s_now).ShouldBeNull();

    [Fact]
    public void Another_registration_voids_what_was_kept() => GdsLook.Usable(s_quiet with { ApplicationId = "ns=2;i=8" }, s_day, s_now).ShouldBeNull();

    [Fact]
    public void Once_a_day_the_GDS_is_asked_for_everything() => GdsLook.Usable(s_quiet, s_day, s_now + TimeSpan.FromHours(23)).ShouldBeNull();

    [Fact]
    public void A_clock_that_went_back_is_no_reason_to_ask_less() => GdsLook.Usable(s_quiet, s_day, s_now - TimeSpan.FromHours(2)).ShouldBeNull();
}
