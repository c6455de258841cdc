namespace Ua.Client.Tests.Subscriptions;

/// <summary>Which notification messages are new, seen before or missing (Part 4, 5.14.1).</summary>
public sealed class NotificationSequenceTests
{
    private readonly NotificationSequence _sequence = new();

    [Fact]
    public void Messages_in_order_are_new_and_nothing_is_missing()
    {
        for (uint number = 1; number <= 5; number++)
        {
            _sequence.Take(number, isKeepAlive: false, out var missing).ShouldBeTrue();
            missing.ShouldBeEmpty();
        }

        _sequence.Next.ShouldBe(6u);
    }

    [Fact]
    public void A_keep_alive_names_the_next_message_and_takes_no_number()
    {
        _sequence.Take(1, isKeepAlive: true, out _).ShouldBeTrue();
        _sequence.Take(1, isKeepAlive: false, out var missing).ShouldBeTrue();
        missing.ShouldBeEmpty();
        _sequence.Take(2, isKeepAlive: true, out missing).ShouldBeTrue();
        missing.ShouldBeEmpty();
        _sequence.Next.ShouldBe(2u);
    }

    [Fact]
    public void A_gap_before_a_message_is_missing()
    {
        _sequence.Take(1, false, out _);
        _sequence.Take(4, false, out var missing).ShouldBeTrue();
        missing.ShouldBe([2u, 3u]);
        _sequence.Next.ShouldBe(5u);
    }

    [Fact]
    public void A_gap_before_a_keep_alive_is_missing()
    {
        _sequence.Take(1, false, out _);
        _sequence.Take(4, true, out var missing).ShouldBeTrue();
        missing.ShouldBe([2u, 3u]);
        _sequence.Next.ShouldBe(4u);
    }

    [Fact]
    public void A_message_that_comes_again_is_not_new()
    {
        _sequence.Take(1, false, out _);
        _sequence.Take(2, false, out _);
        _sequence.Take(1, false, out var missing).ShouldBeFalse();
        _sequence.Take(2, false, out missing).ShouldBeFalse();
        missing.ShouldBeEmpty();
        _sequence.Next.ShouldBe(3u);
    }

    [Fact]
    public void After_the_largest_number_comes_1()
    {
        Reach(uint.MaxValue);
        _sequence.Take(uint.MaxValue, false, out var missing).ShouldBeTrue();
        _sequence.Next.ShouldBe(1u);
        _sequence.Take(3, false, out missing).ShouldBeTrue();
        missing.ShouldBe([1u, 2u]);
    }

    [Fact]
    public void A_gap_over_the_largest_number_leaves_0_out()
    {
        Reach(uint.MaxValue - 1);
        _sequence.Take(2, false, out var missing).ShouldBeTrue();
        missing.ShouldBe([uint.MaxValue - 1, uint.MaxValue, 1u]);
    }

    [Fact]
    public void Zero_is_no_number() => _sequence.Take(0, false, out _).ShouldBeFalse();

    [Fact]
    public void A_gap_of_millions_asks_only_for_the_newest_thousand()
    {
        _sequence.Take(5_000_000, false, out var missing).ShouldBeTrue();
        missing.Count.ShouldBe(1000);
        missing[^1].ShouldBe(4_999_999u);
    }

    /// <summary>Goes up in steps of less than half the range, since anything further counts as seen before.</summary>
    private void Reach(uint number)
    {
        foreach (var step in new[] { 2_000_000_000u, 4_000_000_000u, number }) _sequence.Take(step, true, out _).ShouldBeTrue();
        _sequence.Next.ShouldBe(number);
    }
}
