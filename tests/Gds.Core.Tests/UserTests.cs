using Gds.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Gds.Core.Tests;

public sealed class UserTests
{
    [Fact]
    public async Task The_first_administrator_signs_in_with_the_password_that_was_shown()
    {
        await using var gds = await GdsFixture.StartAsync();
        var signedIn = await gds.SignIn.CheckAsync("ADMIN", gds.Report.AdminPassword!, "10.0.0.1", default);
        signedIn.ShouldBe(new SignedIn("admin", GdsRoles.All));
        (await gds.AuditAsync("user.sign-in")).Single().ShouldSatisfyAllConditions(r => r.Result.ShouldBe("Good"), r => r.Who.ShouldBe("admin"));
    }

    [Theory]
    [InlineData("admin", "wrong password")]
    [InlineData("nobody", "whatever")]
    public async Task A_wrong_name_and_a_wrong_password_are_told_apart_by_nobody(string name, string password)
    {
        await using var gds = await GdsFixture.StartAsync();
        var problem = await gds.SignIn.CheckAsync(name, password, "10.0.0.1", default).ShouldBeRefusedAsync(ProblemKind.CredentialsRejected);
        problem.Message.ShouldBe("The user name or the password is wrong.");
        (await gds.AuditAsync("user.sign-in")).Single().Result.ShouldBe("CredentialsRejected");
    }

    [Fact]
    public async Task A_disabled_user_does_not_sign_in_until_enabled()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Users.AddAsync(Callers.Admin, "bob", "bob's password", GdsRoles.DiscoveryAdmin, default);
        await gds.Users.SetDisabledAsync(Callers.Admin, "Bob", true, default);
        await gds.SignIn.CheckAsync("bob", "bob's password", "x", default).ShouldBeRefusedAsync(ProblemKind.CredentialsRejected);
        await gds.Users.SetDisabledAsync(Callers.Admin, "bob", false, default);
        (await gds.SignIn.CheckAsync("bob", "bob's password", "x", default)).Roles.ShouldBe(GdsRoles.DiscoveryAdmin);
    }

    [Fact]
    public async Task Passwords_are_stored_slowly_hashed_with_a_salt_of_their_own()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Users.AddAsync(Callers.Admin, "bob", "the same password", GdsRoles.None, default);
        await gds.Users.AddAsync(Callers.Admin, "eve", "the same password", GdsRoles.None, default);
        var users = await gds.QueryAsync(db => db.Users.Where(u => u.Name != "admin").ToListAsync());
        users.ShouldAllBe(u => u.HashAlgorithm == "PBKDF2-SHA256" && u.HashIterations >= 310_000 && u.Salt.Length == 16 && u.PasswordHash.Length == 32);
        users[0].Salt.ShouldNotBe(users[1].Salt);
        users[0].PasswordHash.ShouldNotBe(users[1].PasswordHash);
    }

    [Fact]
    public async Task After_some_failures_a_name_has_to_wait_at_that_place_only()
    {
        await using var gds = await GdsFixture.StartAsync();
        var good = gds.Report.AdminPassword!;
        for (var i = 0; i < 6; i++)
        {
            gds.Time.Advance(TimeSpan.FromMinutes(4));
            await gds.SignIn.CheckAsync("admin", "wrong", "10.6.6.6", default).ShouldBeRefusedAsync(ProblemKind.CredentialsRejected);
        }
        await gds.SignIn.CheckAsync("admin", good, "10.6.6.6", default).ShouldBeRefusedAsync(ProblemKind.CredentialsRejected, "wait");
        (await gds.SignIn.CheckAsync("admin", good, "10.0.0.1", default)).Name.ShouldBe("admin");
        gds.Time.Advance(TimeSpan.FromSeconds(2));
        (await gds.SignIn.CheckAsync("admin", good, "10.6.6.6", default)).Name.ShouldBe("admin");
    }

    [Fact]
    public void The_wait_grows_and_is_bounded_and_ends_with_success()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(GdsFixture.Start);
        var throttle = new LoginThrottle(time);
        for (var i = 0; i < 4; i++) throttle.Failed("A", "x");
        throttle.Wait("A", "x").ShouldBe(TimeSpan.Zero);
        throttle.Failed("A", "x");
        throttle.Wait("A", "x").ShouldBe(TimeSpan.FromSeconds(1));
        throttle.Failed("A", "x");
        throttle.Wait("A", "x").ShouldBe(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 40; i++) throttle.Failed("A", "x");
        throttle.Wait("A", "x").ShouldBe(TimeSpan.FromMinutes(5));
        throttle.Wait("A", "y").ShouldBe(TimeSpan.Zero);
        throttle.Wait("B", "x").ShouldBe(TimeSpan.Zero);
        throttle.Succeeded("A", "x");
        throttle.Wait("A", "x").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_last_security_admin_stays()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Users.RemoveAsync(Callers.Admin, "admin", default).ShouldBeRefusedAsync(ProblemKind.InvalidState, "last user");
        await gds.Users.SetDisabledAsync(Callers.Admin, "admin", true, default).ShouldBeRefusedAsync(ProblemKind.InvalidState);
        await gds.Users.SetRolesAsync(Callers.Admin, "admin", GdsRoles.DiscoveryAdmin, default).ShouldBeRefusedAsync(ProblemKind.InvalidState);
        await gds.Users.AddAsync(Callers.Admin, "bob", "bob's password", GdsRoles.SecurityAdmin, default);
        await gds.Users.RemoveAsync(Callers.Admin, "admin", default);
        (await gds.Users.ListAsync(Callers.Admin, default)).Select(u => u.Name).ShouldBe(["bob"]);
        gds.Events.OfType<UserChanged>().Select(e => e.Name).ShouldBe(["bob", "admin"]);
    }

    [Fact]
    public async Task A_user_sets_its_own_password_and_no_other()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Users.AddAsync(Callers.Admin, "ann", "ann's password", GdsRoles.None, default);
        await gds.Users.AddAsync(Callers.Admin, "bob", "bob's password", GdsRoles.None, default);
        var ann = Callers.With(GdsRoles.None);
        await gds.Users.SetPasswordAsync(ann, "Ann", "a new password", default);
        await gds.Users.SetPasswordAsync(ann, "bob", "a new password", default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        (await gds.SignIn.CheckAsync("ann", "a new password", "x", default)).Name.ShouldBe("ann");
        await gds.SignIn.CheckAsync("ann", "ann's password", "x", default).ShouldBeRefusedAsync(ProblemKind.CredentialsRejected);
    }

    [Fact]
    public async Task An_application_named_like_a_user_is_not_that_user()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Users.SetPasswordAsync(Callers.Application("admin", "AA"), "admin", "a new password", default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
    }

    [Theory]
    [InlineData("", "good password", ProblemKind.InvalidArgument)]
    [InlineData(" bob", "good password", ProblemKind.InvalidArgument)]
    [InlineData("token:bob", "good password", ProblemKind.InvalidArgument)]
    [InlineData("b\tob", "good password", ProblemKind.InvalidArgument)]
    [InlineData("bob", "short", ProblemKind.InvalidArgument)]
    [InlineData("Admin", "good password", ProblemKind.EntryExists)]
    public async Task Names_and_passwords_are_checked(string name, string password, ProblemKind kind)
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Users.AddAsync(Callers.Admin, name, password, GdsRoles.None, default).ShouldBeRefusedAsync(kind);
    }

    [Fact]
    public async Task Users_are_the_security_admins_business()
    {
        await using var gds = await GdsFixture.StartAsync();
        var others = Callers.With(GdsRoles.All & ~GdsRoles.SecurityAdmin);
        await gds.Users.ListAsync(others, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Users.AddAsync(others, "bob", "bob's password", GdsRoles.None, default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Users.RemoveAsync(others, "admin", default).ShouldBeRefusedAsync(ProblemKind.AccessDenied);
        await gds.Users.SetPasswordAsync(Callers.Admin, "ghost", "good password", default).ShouldBeRefusedAsync(ProblemKind.NotFound);
    }

    [Fact]
    public void Role_names_are_read_whatever_their_case()
    {
        RoleNames.Parse(["discoveryadmin", "SecurityAdmin"]).ShouldBe(GdsRoles.DiscoveryAdmin | GdsRoles.SecurityAdmin);
        RoleNames.Of(GdsRoles.All).ShouldBe(RoleNames.All);
        new Action(() => RoleNames.Parse(["Boss"])).ShouldBeRefused(ProblemKind.InvalidArgument, "Boss");
        new Action(() => RoleNames.Parse(["None"])).ShouldBeRefused(ProblemKind.InvalidArgument);
    }
}
