using GatewayAgent.Configuration;
using GatewayAgent.Refresh;

namespace GatewayAgent.Tests.Refresh;

public class BackoffTests
{
    private static readonly AgentConfiguration s_configuration =
        new() { Jitter = 0, RetryInterval = TimeSpan.FromSeconds(10), LongestRetryInterval = TimeSpan.FromSeconds(60), NewsSpread = TimeSpan.FromSeconds(2) };

    private readonly Backoff _backoff = new(s_configuration);

    [Fact]
    public void A_success_and_a_wait_for_approval_have_their_own_intervals()
    {
        _backoff.Next(0, isWaiting: false).ShouldBe(TimeSpan.FromMinutes(10));
        _backoff.Next(0, isWaiting: true).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(4, 60)]
    [InlineData(1_000_000, 60)]
    public void Waits_after_failures_grow_up_to_the_longest_and_are_spread_over_their_second_half(int failures, double full)
    {
        var waits = Enumerable.Range(0, 200).Select(_ => _backoff.Next(failures, isWaiting: false).TotalSeconds).ToList();
        waits.ShouldAllBe(w => w >= full / 2 && w <= full);
        waits.Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(nameof(WakeReason.Asked), 0, 0)]
    [InlineData(nameof(WakeReason.News), 0, 2)]
    [InlineData(nameof(WakeReason.Lost), 0, 10)]
    [InlineData(nameof(WakeReason.Lost), 3, 40)]
    [InlineData(nameof(WakeReason.Lost), 30, 60)]
    public void A_call_is_followed_within_its_time(string reason, int losses, double most)
    {
        var waits = Enumerable.Range(0, 200).Select(_ => _backoff.Until(Enum.Parse<WakeReason>(reason), losses).TotalSeconds).ToList();
        waits.ShouldAllBe(w => w >= 0 && w <= most);
        if (most > 0) waits.Distinct().Count().ShouldBeGreaterThan(20, "a fleet must not come at once");
    }

    [Fact]
    public void Chance_moves_the_interval_within_its_bounds()
    {
        var backoff = new Backoff(new AgentConfiguration { Jitter = 0.1 });
        var waits = Enumerable.Range(0, 200).Select(_ => backoff.Next(0, false).TotalSeconds).ToList();
        waits.ShouldAllBe(w => w >= 540 && w <= 660);
        waits.Distinct().Count().ShouldBeGreaterThan(20);
    }
}
