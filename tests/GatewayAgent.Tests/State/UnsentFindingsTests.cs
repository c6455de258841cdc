using GatewayAgent.Findings;
using GatewayAgent.State;
using TestKit;

namespace GatewayAgent.Tests.State;

/// <summary>Findings that wait for a GDS that is away.</summary>
public class UnsentFindingsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_the_gateway_cleared_meanwhile_is_kept_and_the_same_is_kept_once()
    {
        var first = UnsentFindings.None.With([Found(1), Found(2)]);
        var second = first.With([Found(2), Found(3)]);
        second.Waiting.Select(f => (int)f.Certificate[0]).Order().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Another_treatment_of_the_same_certificate_is_another_finding() =>
        UnsentFindings.None.With([Found(1)]).With([Found(1) with { Treatment = FindingTreatment.Removed }]).Waiting.Count.ShouldBe(2);

    [Fact]
    public void There_are_never_more_than_the_most_and_the_oldest_go()
    {
        var all = UnsentFindings.None;
        for (var i = 0; i < UnsentFindings.Most + 20; i++) all = all.With([Found(i)]);
        all.Waiting.Count.ShouldBe(UnsentFindings.Most);
        all.Waiting.Min(f => f.Seen).ShouldBe(s_start.AddSeconds(20));
    }

    [Fact]
    public async Task They_outlive_the_process()
    {
        using var temp = new TempFolder();
        using (var store = new ApplicationStore(temp.File("state"), "urn:plant:gateway"))
        {
            (await store.ReadUnsentAsync(CancellationToken.None)).Waiting.ShouldBeEmpty();
            await store.WriteUnsentAsync(UnsentFindings.None.With([Found(7)]), CancellationToken.None);
        }

        using var again = new ApplicationStore(temp.File("state"), "urn:plant:gateway");
        var kept = (await again.ReadUnsentAsync(CancellationToken.None)).Waiting.ShouldHaveSingleItem();
        kept.IsSame(Found(7)).ShouldBeTrue();
        kept.Seen.ShouldBe(Found(7).Seen);
    }

    private static UnsentFinding Found(int number) => new(FindingKind.Rejected, FindingTreatment.Left, [(byte)number, (byte)(number >> 8)], s_start.AddSeconds(number));
}
