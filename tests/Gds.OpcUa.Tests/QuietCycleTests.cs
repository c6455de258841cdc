using System.Data.Common;
using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Ua.Client;
using Ua.Core;
using Ua.Gds;
using Ua.Gds.Agents;
using Ua.Server.Conditions;

namespace Gds.OpcUa.Tests;

/// <summary>
/// What ten thousand gateways do every hour while nothing changes: a session, one Read, its end. It must not cost the
/// database anything.
/// </summary>
public sealed class QuietCycleTests(QuietCycleTests.CountedGds gds) : IClassFixture<QuietCycleTests.CountedGds>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cycle_without_news_asks_the_database_nothing()
    {
        var (app, id) = await gds.EnrolAsync("urn:localhost:quiet:gateway");
        gds.Commands.Take().ShouldBeGreaterThan(0, "the counter counts what enrolling asked");
        DateTime time = default;
        await CostsNothingAsync(async () =>
        {
            await using var session = await gds.ConnectAsync(app);
            time = await session.ReadValueAsync<DateTime>(new NodeId(GroupIds.DefaultApplication.Methods.LastUpdateTime, Directory.Gds), Ct);
        });

        var report = new AgentStateReport(id, NodeId.Null, AgentOutcome.InSync, app.Certificate.Thumbprint, time, null, null);
        await using var reporting = await gds.ConnectAsync(app);
        await new AgentReportClient(reporting).ReportStateAsync(report, Ct);
        gds.Commands.Take().ShouldBeGreaterThan(0, "a report with news");
        await CostsNothingAsync(() => new AgentReportClient(reporting).ReportStateAsync(report, Ct));
    }

    /// <summary>
    /// What was done before is still looked at by the alarms of the group, once and in the background; that may fall into
    /// one attempt, a cost of the cycle itself falls into each.
    /// </summary>
    private async Task CostsNothingAsync(Func<Task> cycle)
    {
        var alarms = gds.Get<CertificateGroupAlarms>().Find(Directory.DefaultGroup)!;
        List<int> costs = [];
        while (costs is [] or [.., > 0] && costs.Count < 5)
        {
            await alarms.JudgeAsync(Ct);
            gds.Commands.Take();
            for (var i = 0; i < 3; i++) await cycle();
            costs.Add(gds.Commands.Take());
        }

        costs[^1].ShouldBe(0, $"commands of three cycles each: {string.Join(", ", costs)}");
    }

    public sealed class CountedGds : GdsFixture
    {
        internal CountedCommands Commands { get; } = new();

        private protected override void Add(IServiceCollection services) => services.ConfigureDbContext<GdsDbContext>(builder => builder.AddInterceptors(Commands));
    }

    internal sealed class CountedCommands : DbCommandInterceptor
    {
        private int _count;

        /// <summary>Commands since the last time.</summary>
        public int Take() => Interlocked.Exchange(ref _count, 0);

        public override DbCommand CommandCreated(CommandEndEventData eventData, DbCommand result)
        {
            Interlocked.Increment(ref _count);
            return result;
        }
    }
}
