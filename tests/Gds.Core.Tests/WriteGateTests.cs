using Gds.Core.State;
using Gds.Core.Writing;
using Gds.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Tests;

public sealed class WriteGateTests
{
    private static Task SetAsync(WriteGate gate, string key, string value, CancellationToken cancellationToken = default) => gate.WriteAsync((scope, _) =>
    {
        scope.Db.Settings.Add(new Setting(key, value));
        return Task.CompletedTask;
    }, cancellationToken);

    private static async Task<List<string>> KeysAsync(GdsFixture gds)
        => await gds.QueryAsync(db => db.Settings.Where(s => s.Key.StartsWith("t-")).Select(s => s.Key).OrderBy(k => k).ToListAsync());

    /// <summary>Holds the writer back until released, so that what is queued meanwhile shares one transaction.</summary>
    private static (Task Held, TaskCompletionSource Release) Hold(WriteGate gate)
    {
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ = gate.WriteAsync(async (_, _) => { entered.SetResult(); await release.Task; }, default);
        return (entered.Task, release);
    }

    [Fact]
    public async Task A_unit_that_fails_takes_nothing_of_its_neighbours_with_it()
    {
        await using var gds = await GdsFixture.StartAsync();
        var gate = gds.Get<WriteGate>();
        var (held, release) = Hold(gate);
        await held;
        var before = SetAsync(gate, "t-before", "1");
        var failing = gate.WriteAsync(async (scope, ct) =>
        {
            scope.Db.Settings.Add(new Setting("t-failing", "1"));
            await scope.Db.SaveChangesAsync(ct);
            scope.State = scope.State with { LastRecordId = 99 };
            scope.Tell(new TrustListChanged("never", default));
            throw GdsProblem.Invalid("no");
        }, default);
        var after = SetAsync(gate, "t-after", "1");
        release.SetResult();
        await before;
        await after;
        await failing.ShouldBeRefusedAsync(ProblemKind.InvalidArgument, "no");
        (await KeysAsync(gds)).ShouldBe(["t-after", "t-before"]);
        gds.Get<LiveState>().Current.LastRecordId.ShouldBe(0u);
        gds.Events.OfType<TrustListChanged>().ShouldNotContain(e => e.Group == "never");
    }

    [Fact]
    public async Task Units_of_one_transaction_see_each_others_state()
    {
        await using var gds = await GdsFixture.StartAsync();
        var gate = gds.Get<WriteGate>();
        var (held, release) = Hold(gate);
        await held;
        var ids = Enumerable.Range(0, 10).Select(_ => gate.WriteAsync((scope, _) =>
        {
            scope.State = scope.State with { LastRecordId = scope.State.LastRecordId + 1 };
            return Task.FromResult(scope.State.LastRecordId);
        }, default)).ToList();
        release.SetResult();
        (await Task.WhenAll(ids)).ShouldBe(Enumerable.Range(1, 10).Select(i => (uint)i));
        gds.Get<LiveState>().Current.LastRecordId.ShouldBe(10u);
    }

    [Fact]
    public async Task A_caller_that_has_gone_before_its_turn_changes_nothing()
    {
        await using var gds = await GdsFixture.StartAsync();
        var gate = gds.Get<WriteGate>();
        var (held, release) = Hold(gate);
        await held;
        using var gone = new CancellationTokenSource();
        var waiting = SetAsync(gate, "t-gone", "1", gone.Token);
        await gone.CancelAsync();
        release.SetResult();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await SetAsync(gate, "t-here", "1");
        (await KeysAsync(gds)).ShouldBe(["t-here"]);
    }

    [Fact]
    public async Task A_rule_of_the_database_that_is_broken_is_the_units_own_trouble()
    {
        await using var gds = await GdsFixture.StartAsync();
        var gate = gds.Get<WriteGate>();
        await SetAsync(gate, "t-a", "1");
        await SetAsync(gate, "t-a", "2").ShouldBeRefusedAsync(ProblemKind.Unavailable, "could not store");
        await SetAsync(gate, "t-b", "1");
        (await KeysAsync(gds)).ShouldBe(["t-a", "t-b"]);
    }

    [Fact]
    public async Task A_change_waits_for_the_disk_and_a_note_only_beside_one()
    {
        const int full = 2, normal = 1;
        await using var gds = await GdsFixture.StartAsync();
        var gate = gds.Get<WriteGate>();
        (await gate.NoteAsync(LevelAsync, default)).ShouldBe(normal);
        (await gate.WriteAsync(LevelAsync, default)).ShouldBe(full);
        var (held, release) = Hold(gate);
        await held;
        var note = gate.NoteAsync(LevelAsync, default);
        var change = gate.WriteAsync(LevelAsync, default);
        release.SetResult();
        (await Task.WhenAll(note, change)).ShouldBe([full, full]);

        static async Task<int> LevelAsync(WriteScope scope, CancellationToken ct)
            => (await scope.Db.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync(ct)).Single();
    }

    [Fact]
    public async Task An_illegal_move_of_an_entity_is_an_invalid_state()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Get<WriteGate>().WriteAsync((scope, _) =>
        {
            new IssuedCertificate(Guid.NewGuid(), Guid.NewGuid(), "01", scope.Now).Expire();
            return Task.CompletedTask;
        }, default).ShouldBeRefusedAsync(ProblemKind.InvalidState, "Reserved");
    }

    [Fact]
    public async Task A_database_held_by_another_process_is_told_and_got_over()
    {
        await using var gds = await GdsFixture.StartAsync();
        var gate = gds.Get<WriteGate>();
        await using (var other = new SqliteConnection($"Data Source={gds.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync();
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync();
            await SetAsync(gate, "t-a", "1").ShouldBeRefusedAsync(ProblemKind.Unavailable);
        }
        await SetAsync(gate, "t-b", "1");
        (await KeysAsync(gds)).ShouldBe(["t-b"]);
    }

    [Fact]
    public async Task What_waits_when_the_gate_closes_is_still_written_and_what_comes_later_is_refused()
    {
        await using var gds = await GdsFixture.StartAsync();
        var gate = gds.Get<WriteGate>();
        var (held, release) = Hold(gate);
        await held;
        var waiting = SetAsync(gate, "t-waiting", "1");
        var closing = gate.DisposeAsync();
        await Should.ThrowAsync<GdsProblem>(() => SetAsync(gate, "t-late", "1"));
        release.SetResult();
        await closing;
        await waiting;
        await gate.DisposeAsync();
        (await KeysAsync(gds)).ShouldBe(["t-waiting"]);
    }

    [Fact]
    public async Task A_listener_that_fails_stops_neither_the_writer_nor_the_others()
    {
        await using var gds = await GdsFixture.StartAsync();
        var events = gds.Get<GdsEvents>();
        using var bad = events.Subscribe(_ => throw new InvalidOperationException("listener"));
        var heard = new List<GdsEvent>();
        var good = events.Subscribe(heard.Add);
        await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:a"), default);
        good.Dispose();
        await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server("urn:b"), default);
        heard.OfType<ApplicationChanged>().Select(e => e.ApplicationUri).ShouldBe(["urn:a"]);
    }
}
