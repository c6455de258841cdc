using GatewayAgent.Refresh;
using Microsoft.Extensions.Time.Testing;

namespace GatewayAgent.Tests.Refresh;

public class WakeSignalTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();
    private readonly WakeSignal _signal = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_reason_waits_once_and_others_beside_it()
    {
        for (var i = 0; i < 5; i++) _signal.Wake(WakeReason.News);
        _signal.Wake(WakeReason.Lost);
        (await _signal.WaitAsync(s_long, _time, Ct)).ShouldBe(WakeReason.News);
        (await _signal.WaitAsync(s_long, _time, Ct)).ShouldBe(WakeReason.Lost);
        var nobody = _signal.WaitAsync(s_long, _time, Ct);
        _time.Advance(s_long);
        (await nobody).ShouldBeNull();
    }

    [Fact]
    public async Task A_reason_that_was_taken_can_come_again()
    {
        _signal.Wake(WakeReason.News);
        await _signal.WaitAsync(s_long, _time, Ct);
        _signal.Wake(WakeReason.News);
        (await _signal.WaitAsync(s_long, _time, Ct)).ShouldBe(WakeReason.News);
    }

    [Fact]
    public async Task Whoever_stops_the_loop_is_no_reason()
    {
        using var stop = new CancellationTokenSource();
        var waiting = _signal.WaitAsync(s_long, _time, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }
}
