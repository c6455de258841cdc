namespace Ua.Client.Tests.Sessions;

public sealed class ReconnectDelaysTests
{
    [Fact]
    public void Waits_double_up_to_the_longest_and_each_is_shortened_by_up_to_a_half()
    {
        var delays = new ReconnectDelays(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        foreach (var full in new[] { 1, 2, 4, 8, 16, 30, 30, 30 })
            delays.Next().ShouldBeInRange(TimeSpan.FromSeconds(full * 0.5), TimeSpan.FromSeconds(full));
        delays.Reset();
        delays.Next().ShouldBeInRange(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Two_clients_do_not_wait_alike()
    {
        var waits = Enumerable.Range(0, 20).Select(_ => new ReconnectDelays(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)).Next()).ToHashSet();
        waits.Count.ShouldBeGreaterThan(5);
    }
}
