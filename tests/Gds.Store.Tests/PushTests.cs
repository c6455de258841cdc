using Microsoft.EntityFrameworkCore;

namespace Gds.Store.Tests;

public sealed class PushTests
{
    private static readonly DateTime Now = StoreFixture.Now;

    private static readonly Dictionary<string, Action<PushRun>> Moves = new()
    {
        ["add"] = r => r.Add(renew: true),
        ["begin"] = r => r.Begin(Now),
        ["note"] = r => r.Note(Step(r, r.Steps.Count)),
        ["succeed"] = r => r.Succeed("in sync", Now),
        ["fail"] = r => r.Fail("away", Now),
        ["interrupt"] = r => r.Interrupt(Now),
    };

    public static TheoryData<PushRunState, string, string> Table => new()
    {
        { PushRunState.Queued, "", "add begin" },
        { PushRunState.Running, "begin", "note succeed fail interrupt" },
        { PushRunState.Succeeded, "begin succeed", "" },
        { PushRunState.Failed, "begin fail", "" },
        { PushRunState.Interrupted, "begin interrupt", "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_run_moves_only_as_the_table_says(PushRunState state, string way, string legal)
    {
        foreach (var (name, move) in Moves)
        {
            var run = NewRun(Guid.NewGuid());
            foreach (var step in way.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Moves[step](run);
            run.State.ShouldBe(state);
            if (legal.Split(' ').Contains(name)) Should.NotThrow(() => move(run), name);
            else Should.Throw<IllegalMoveException>(() => move(run), name).Message.ShouldContain(state.ToString());
        }
    }

    [Fact]
    public void A_target_counts_its_failures_until_it_is_confirmed()
    {
        var target = NewTarget(Guid.NewGuid());
        target.ConfirmedVersion.ShouldBe(-1);
        target.Fail(Now.AddMinutes(1));
        target.Fail(Now.AddMinutes(2));
        target.FailedRuns.ShouldBe(2);
        target.RetryAt.ShouldBe(Now.AddMinutes(2));
        target.Confirm(7, Now);
        (target.ConfirmedVersion, target.ConfirmedAt, target.FailedRuns, target.RetryAt).ShouldBe((7, Now, 0, null));
    }

    [Fact]
    public void Another_login_takes_the_secret_of_the_one_before_away()
    {
        var target = NewTarget(Guid.NewGuid());
        target.SignInAs("ann", [1, 2]);
        target.SignInBy([3], [4]);
        (target.Login, target.UserName).ShouldBe((PushLogin.Certificate, null));
        target.ProtectedSecret.ShouldBe([4]);
        target.SignInByApplication();
        (target.Login, target.ProtectedSecret, target.UserCertificate).ShouldBe((PushLogin.Application, null, null));
    }

    [Fact]
    public async Task Targets_and_runs_come_back_and_go_with_their_application()
    {
        await using var store = await StoreFixture.CreateAsync();
        var application = new Application(Guid.NewGuid(), "urn:a", "ann", null, Now);
        var target = NewTarget(application.Id);
        target.SignInAs("ann", [1, 2]);
        target.Follow("AB", renewsKey: false, keepsOthers: true);
        var run = NewRun(target.Id);
        Moves["begin"](run);
        Moves["note"](run);
        Moves["note"](run);
        await using (var db = store.Open())
        {
            db.AddRange(application, target, run);
            await db.SaveChangesAsync();
        }

        await using (var db = store.Open())
        {
            var read = await db.PushTargets.SingleAsync();
            (read.UserName, read.PinnedSha256, read.RenewsKey, read.KeepsOthers, read.ConfirmedVersion).ShouldBe(("ann", "AB", false, true, -1L));
            (await db.PushRuns.Include(r => r.Steps).SingleAsync()).Steps.OrderBy(s => s.Number).Select(s => s.Number).ShouldBe([0, 1]);
            db.Remove(await db.Applications.SingleAsync());
            await db.SaveChangesAsync();
            (await db.PushTargets.AnyAsync() || await db.PushRuns.AnyAsync()).ShouldBeFalse();
        }
    }

    private static PushTarget NewTarget(Guid application) => new(Guid.NewGuid(), application, "opc.tcp://a:4840", "ann", Now);

    private static PushRun NewRun(Guid target) => new(Guid.NewGuid(), target, PushReason.Manual, renew: false, "ann", Now);

    private static PushStep Step(PushRun run, int number) => new(run.Id, number, Now, PushStepKind.Connect, PushStepOutcome.Done, "urn:a", null, "connected");
}
