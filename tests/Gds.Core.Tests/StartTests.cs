using Gds.Store;
using Microsoft.EntityFrameworkCore;
using Pki;

namespace Gds.Core.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task The_first_start_makes_group_CA_crl_and_administrator()
    {
        await using var gds = GdsFixture.Unstarted();
        var report = await gds.InitializeAsync();
        report.FirstStart.ShouldBeTrue();
        report.AdminName.ShouldBe("admin");
        report.AdminPassword!.Length.ShouldBe(20);
        var group = gds.Groups.List().Single();
        (group.Name, group.Purpose).ShouldBe(("DefaultApplicationGroup", 12557u));
        group.TypeIds.ShouldBe([12560u]);
        var ca = group.Authorities.Single();
        (ca.Sha256, ca.State, ca.CrlNumber).ShouldBe((report.AuthoritySha256, AuthorityState.Active, 1L));
        (await gds.AuditAsync()).Select(r => r.Action).ShouldBe(["user.add", "authority.create", "group.create"]);
    }

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        await using var gds = await GdsFixture.StartAsync();
        var first = gds.Report;
        await gds.Get<Starting.GdsInitializer>().ConfirmAdminShownAsync(default);
        var list = gds.TrustLists.Peek(null);
        var second = await gds.RestartAsync();
        second.ShouldBe(first with { FirstStart = false, AdminName = null, AdminPassword = null });
        gds.TrustLists.Peek(null).LastUpdateTime.ShouldBe(list.LastUpdateTime);
        (await gds.QueryAsync(db => db.Crls.CountAsync())).ShouldBe(1);
        (await gds.SignIn.CheckAsync("admin", first.AdminPassword!, "x", default)).Name.ShouldBe("admin");
    }

    [Fact]
    public async Task A_password_that_nobody_saw_is_made_anew()
    {
        await using var gds = await GdsFixture.StartAsync();
        var lost = gds.Report.AdminPassword!;
        var shown = (await gds.RestartAsync()).AdminPassword.ShouldNotBeNull();
        shown.ShouldNotBe(lost);
        await gds.SignIn.CheckAsync("admin", lost, "x", default).ShouldBeRefusedAsync(ProblemKind.CredentialsRejected);
        await gds.SignIn.CheckAsync("admin", shown, "x", default);
        (await gds.RestartAsync()).AdminPassword.ShouldBeNull(); // signed in: it was seen
        await gds.SignIn.CheckAsync("admin", shown, "x", default);
    }

    [Fact]
    public async Task A_removed_first_administrator_does_not_come_back()
    {
        await using var gds = await GdsFixture.StartAsync();
        await gds.Get<Starting.GdsInitializer>().ConfirmAdminShownAsync(default);
        await gds.Users.AddAsync(Callers.Admin, "bob", "bob's password", GdsRoles.All, default);
        await gds.Users.RemoveAsync(Callers.Admin, "admin", default);
        (await gds.RestartAsync()).AdminPassword.ShouldBeNull();
        (await gds.QueryAsync(db => db.Users.CountAsync())).ShouldBe(1);
    }

    [Theory]
    [InlineData("after the key was made")]
    [InlineData("before the first crl")]
    public async Task A_start_cut_off_while_the_CA_is_made_goes_on_with_the_same_CA(string where)
    {
        await using var gds = GdsFixture.Unstarted();
        if (where == "after the key was made") gds.Issuer.AfterAuthority = () => throw new IOException("power cut");
        else gds.Issuer.BeforeCrl = _ => throw new IOException("power cut");
        await Should.ThrowAsync<IOException>(() => gds.InitializeAsync());
        var made = ApplicationCertificate.Parse(PemFile.ReadCertificates(await File.ReadAllBytesAsync(Path.Combine(gds.CaFolder, "DefaultApplicationGroup", "ca.pem")))[0].Der);
        var report = await gds.RestartAsync();
        report.AuthoritySha256.ShouldBe(made.Sha256);
        report.AdminPassword.ShouldNotBeNull();
        (await gds.QueryAsync(db => db.CertificateAuthorities.CountAsync())).ShouldBe(1);
        await gds.TrustLists.ReadAsync(Callers.Admin, null, default);
    }

    [Fact]
    public async Task A_CA_whose_key_is_away_is_told_and_the_rest_is_served()
    {
        await using var gds = await GdsFixture.StartAsync();
        var id = await gds.Directory.RegisterAsync(Callers.Admin, Sample.Server(), default);
        await gds.StopAsync();
        var key = Path.Combine(gds.CaFolder, "DefaultApplicationGroup", "ca.key.pem");
        File.Move(key, key + ".away");
        gds.Time.Advance(TimeSpan.FromDays(8));
        await gds.InitializeAsync();
        (await gds.Upkeep.FaultsAsync(default)).Single().ShouldContain("ca.key.pem");
        gds.Directory.Get(id).Id.ShouldBe(id);
        var request = await gds.Requests.StartSigningRequestAsync(Callers.Admin, id, null, null, Sample.Csr(), default);
        await gds.Delivery.FinishAsync(Callers.Admin, id, request, default).ShouldBeRefusedAsync(ProblemKind.NothingToDo);
        File.Move(key + ".away", key);
        (await gds.Upkeep.ResumeApprovedAsync(default)).ShouldBe(1);
        (await gds.Delivery.FinishAsync(Callers.Admin, id, request, default)).Certificate.ShouldNotBeEmpty();
        (await gds.Upkeep.FaultsAsync(default)).ShouldBeEmpty();
    }
}
